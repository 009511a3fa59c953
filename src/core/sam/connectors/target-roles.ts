import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { referredId } from '../intrinsics.ts'
import { json, truthy } from '../python.ts'

/**
 * A rule has a role with each of its targets: this finds that of the first target that is the other end of a connector, by logical
 * id or by ARN.
 */
export type TargetRoles = (targets: Value | undefined, other: ValueMap) => Value | undefined

/** A `TargetRoles` that goes through the targets of each rule once, however many connectors the rule has. */
export function targetRoles(): TargetRoles {
  const known = new WeakMap<ValueList, Map<string, number>>()
  return (targets, { Id: id, Arn: arn }) => {
    if (!isList(targets)) return undefined
    const places = known.get(targets) ?? placesOf(targets)
    known.set(targets, places)
    const byId = typeof id === 'string' && id !== '' ? places.get(keyOfId(id)) : undefined
    const byArn = arn !== undefined && truthy(arn) ? places.get(keyOfArn(arn)) : undefined
    const target = targets[Math.min(byId ?? targets.length, byArn ?? targets.length)]
    return isMap(target) ? target['RoleArn'] : undefined
  }
}

/** Where each target comes first. */
function placesOf(targets: ValueList): Map<string, number> {
  const places = new Map<string, number>()
  for (const [index, target] of targets.entries()) {
    const arn = isMap(target) ? target['Arn'] : undefined
    if (arn === undefined) continue
    const id = referredId(arn)
    for (const key of [keyOfArn(arn), ...(id ? [keyOfId(id)] : [])]) if (!places.has(key)) places.set(key, index)
  }
  return places
}

const keyOfId = (id: string) => `id ${id}`
const keyOfArn = (arn: Value) => `arn ${json(arn)}`
