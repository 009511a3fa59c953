import type { Value, ValueMap } from '../template/value.ts'
import { isMap } from '../template/value.ts'
import { picked } from './copy.ts'
import { checkLogicalId, type GeneratedResource } from './generated-resource.ts'
import { checkProperties, type PropertyRules } from './properties.ts'
import { invalidResource } from './refusal.ts'
import type { Transformation } from './transformation.ts'

/** How one `AWS::Serverless::*` type becomes CloudFormation. One file each, under `resources/`. */
export interface SamResourceType {
  readonly type: string
  readonly properties: PropertyRules
  /** Changes the properties before they are held against their rules. */
  readonly prepare?: (id: string, properties: ValueMap, transformation: Transformation) => void
  /** What may be referred to as `MyResource.Name`, and the type it stands for. */
  readonly references?: Readonly<Record<string, string>>
  /** Whether the resource itself gets another logical id, which references then follow. */
  readonly renames?: boolean
  readonly transform: (resource: SamResource, transformation: Transformation) => GeneratedResource[]
}

/** One resource of the template, with properties that have passed their rules. */
export interface SamResource {
  readonly id: string
  readonly node: ValueMap
  /** The working copy's own map: other resources see what is written into it. */
  readonly properties: ValueMap
  readonly dependsOn: Value | undefined
  /** Attributes that the resource of the same id keeps. */
  readonly attributes: ValueMap
  /** Attributes that everything generated from this resource gets. */
  readonly inherited: ValueMap
}

const OWN_ATTRIBUTES = ['DeletionPolicy', 'UpdatePolicy', 'Condition', 'UpdateReplacePolicy', 'Metadata']
const INHERITED_ATTRIBUTES = ['Condition', 'DeletionPolicy', 'UpdateReplacePolicy']

/** Reads a resource with the rules of its type. Refuses the first property that is wrong. */
export function readSamResource(
  id: string,
  node: ValueMap,
  { type, properties: rules, prepare }: SamResourceType,
  transformation: Transformation,
): SamResource {
  const properties = readDeclaration(id, node, type, rules, (written) => prepare?.(id, written, transformation))
  const { DependsOn: dependsOn } = node
  return {
    id,
    node,
    properties,
    dependsOn,
    attributes: picked(node, OWN_ATTRIBUTES),
    inherited: picked(node, INHERITED_ATTRIBUTES),
  }
}

/** The properties of a resource or an event, once id, type and properties are known to be acceptable. */
export function readDeclaration(
  id: string,
  node: ValueMap,
  type: string,
  rules: PropertyRules,
  prepare?: (properties: ValueMap) => void,
): ValueMap {
  checkLogicalId(id)
  if (!Object.hasOwn(node, 'Type')) throw invalidResource(id, "Resource dict missing key 'Type'.")
  const properties = node['Properties'] === undefined ? {} : node['Properties']
  if (!isMap(properties)) throw invalidResource(id, 'Properties of a resource must be an object.')
  prepare?.(properties)
  checkProperties(id, type, properties, rules)
  return properties
}
