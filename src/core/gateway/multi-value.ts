/**
 * Adds a value to the map of last values and to the map of all values, whatever the name. Names come from clients: one that means
 * something to JavaScript, such as `__proto__`, must be a name like any other.
 */
export function addTo(single: Record<string, string>, multi: Record<string, string[]>, name: string, value: string): void {
  if (Object.hasOwn(multi, name)) {
    single[name] = value
    multi[name]?.push(value)
  } else if (name in single) {
    define(single, name, value)
    define(multi, name, [value])
  } else {
    single[name] = value
    multi[name] = [value]
  }
}

function define(map: object, name: string, value: unknown): void {
  Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true })
}
