import type { ValueMap } from '../../template/value.ts'
import { picked } from '../copy.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { str } from '../python.ts'
import { invalidResource } from '../refusal.ts'

const ATTRIBUTES = ['DeletionPolicy', 'UpdatePolicy', 'Condition', 'UpdateReplacePolicy', 'Metadata']

/** A resource of the user's that an event has written into, as it is emitted again. */
export function takenOver(id: string, node: ValueMap, type: string, known: ReadonlySet<string>): GeneratedResource {
  if (!Object.hasOwn(node, 'Type')) throw invalidResource(id, "Resource dict missing key 'Type'.")
  if (node['Type'] !== type) {
    throw invalidResource(id, `Resource has incorrect Type; expected '${type}', got '${str(node['Type'])}'`)
  }
  const properties = node['Properties'] as ValueMap
  const unknown = Object.keys(properties).find((name) => !known.has(name))
  if (unknown !== undefined) throw invalidResource(id, `property ${unknown} not defined for resource of type ${type}`)
  return generated(id, type, properties, { attributes: picked(node, ATTRIBUTES), dependsOn: node['DependsOn'] })
}
