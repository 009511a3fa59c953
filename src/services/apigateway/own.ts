/** The member of this name, if the map itself has one: names are the user's, and `constructor` is a name like any other. */
export function own<T>(map: Readonly<Record<string, T>> | undefined, name: string | undefined): T | undefined {
  return map && name !== undefined && Object.hasOwn(map, name) ? map[name] : undefined
}
