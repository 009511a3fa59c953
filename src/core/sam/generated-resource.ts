import { positionedAs } from '../template/position.ts'
import type { Value, ValueMap } from '../template/value.ts'
import { truthy } from './python.ts'
import { invalidResource, type Refusal } from './refusal.ts'

/** A CloudFormation resource that comes out of the transform. Its makers may still add to it until it is emitted. */
export interface GeneratedResource {
  readonly id: string
  readonly type: string
  readonly properties: Properties
  /** `Condition`, `DeletionPolicy` and the like. */
  readonly attributes: ValueMap
  readonly dependsOn: Value | undefined
}

/** Members without a value are left out when the resource is emitted. */
export type Properties = Record<string, Value | undefined>

/** A resource that SAM makes. Refuses an id that cannot be one. */
export function generated(
  id: string,
  type: string,
  properties: Properties,
  more: { attributes?: ValueMap; dependsOn?: Value | undefined } = {},
): GeneratedResource {
  checkLogicalId(id)
  return { id, type, properties, attributes: { ...more.attributes }, dependsOn: more.dependsOn }
}

/** CloudFormation takes no longer ones; SAM makes theirs of other ids and names, which together may be endless. */
const LONGEST_ID = 255

/** Refuses what cannot be a logical id. */
export function checkLogicalId(id: string): void {
  if (id.length > LONGEST_ID)
    throw invalidResource(`${id.slice(0, 40)}…`, `Logical ids must not be longer than ${LONGEST_ID} characters.`)
  if (!/^[A-Za-z0-9]+$/.test(id)) throw malformedId(id)
}

export function malformedId(id: string): Refusal {
  return invalidResource(id, 'Logical ids must be alphanumeric.')
}

/** The resource as it stands in a template, at the place of what it was made from. */
export function emitted({ type, properties, attributes, dependsOn }: GeneratedResource, origin: ValueMap): ValueMap {
  const kept: ValueMap = {}
  for (const [name, value] of Object.entries(properties)) if (value !== undefined && value !== null) kept[name] = value
  return positionedAs(
    {
      Type: type,
      ...(dependsOn !== undefined && truthy(dependsOn) && { DependsOn: dependsOn }),
      ...attributes,
      Properties: positionedAs(kept, origin['Properties'] ?? origin),
    },
    origin,
  )
}
