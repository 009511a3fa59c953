import type { PropertySchema, PropertyType, ResourceSchema } from './schema.ts'

export type RequiresRecreation = 'Never' | 'Conditionally' | 'Always'

export interface PropertyChange {
  /** `/Properties/Policy/Statement/0`, as change sets write it. */
  readonly path: string
  /** The top-level property. */
  readonly name: string
  readonly kind: 'Add' | 'Modify' | 'Remove'
  readonly before?: unknown
  readonly after?: unknown
  readonly requiresRecreation: RequiresRecreation
}

export interface Comparison {
  /** Paths of what differs. */
  readonly changed: readonly string[]
  readonly replaces: 'never' | 'conditionally' | 'always'
  readonly changes: readonly PropertyChange[]
}

/** Compares coerced properties: maps by name, lists by place, everything else by value. */
export function compareProperties(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  schema: ResourceSchema<unknown>,
): Comparison {
  const changes = namesOf(before, after).flatMap((name) => {
    const root = { name, schema, path: `/Properties/${name}`, recreation: 'Never' as const }
    return changesOf(before[name], after[name], schema.properties[name], root)
  })
  return { changed: changes.map(({ path }) => path), replaces: strongest(changes), changes }
}

interface Place {
  readonly name: string
  readonly path: string
  /** What the properties on the way here say already. */
  readonly recreation: RequiresRecreation
  readonly schema: ResourceSchema<unknown>
}

function changesOf(
  before: unknown,
  after: unknown,
  property: PropertySchema | undefined,
  place: Place,
): readonly PropertyChange[] {
  if (isEqual(before, after)) return []
  const recreation = stronger(place.recreation, recreationOf(property))
  const here = { ...place, recreation }
  if (isRecord(before) && isRecord(after)) {
    return namesOf(before, after).flatMap((key) =>
      changesOf(before[key], after[key], memberSchema(property?.type, key, place.schema), {
        ...here,
        path: `${place.path}/${key}`,
      }),
    )
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    const of = property?.type.kind === 'list' ? { type: property.type.of } : undefined
    return before.flatMap((item: unknown, index) =>
      changesOf(item, after[index], of, { ...here, path: `${place.path}/${index}` }),
    )
  }
  const kind = before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify'
  return [
    {
      path: place.path,
      name: place.name,
      kind,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      requiresRecreation: recreation,
    },
  ]
}

function memberSchema(type: PropertyType | undefined, key: string, schema: ResourceSchema<unknown>): PropertySchema | undefined {
  if (type?.kind === 'definition') return schema.definitions[type.name]?.[key]
  return type?.kind === 'map' ? { type: type.of } : undefined
}

const STRENGTH: readonly RequiresRecreation[] = ['Never', 'Conditionally', 'Always']

function recreationOf(property: PropertySchema | undefined): RequiresRecreation {
  if (!property?.replaces) return 'Never'
  return property.replaces === 'always' ? 'Always' : 'Conditionally'
}

export function stronger(one: RequiresRecreation, other: RequiresRecreation): RequiresRecreation {
  return STRENGTH.indexOf(one) >= STRENGTH.indexOf(other) ? one : other
}

function strongest(changes: readonly PropertyChange[]): Comparison['replaces'] {
  const found = changes.reduce<RequiresRecreation>((most, change) => stronger(most, change.requiresRecreation), 'Never')
  return found === 'Always' ? 'always' : found === 'Conditionally' ? 'conditionally' : 'never'
}

function namesOf(before: object, after: object): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
}

/** Whether two plain values are the same, whatever the order of a map's members. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => isEqual(item, other[index]))
  if (!isRecord(one) || !isRecord(other)) return false
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isEqual(one[name], other[name]))
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
