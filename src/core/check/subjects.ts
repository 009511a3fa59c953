import { givenValues } from '../template/given-values.ts'
import { positionOfMember } from '../template/position.ts'
import { isMap, memberOf, type Value, type ValueMap } from '../template/value.ts'
import type { Place } from './place.ts'
import { type Settler, settlerOf } from './settle.ts'

/** A template with what it becomes. */
export interface Subject {
  readonly file: string
  /** As it is written. */
  readonly written: ValueMap
  /** The CloudFormation it becomes, its values worked out as far as the template tells. */
  readonly resources: ReadonlyMap<string, Resource>
  readonly outputs: ReadonlyMap<string, ValueMap>
  readonly settler: Settler
  /** What stands of it now, where that is known. */
  readonly deployed?: Subject & Pick<DeployedTemplate, 'undeployed'>
}

/** A resource of the expanded template that is not ruled out by its condition. */
export interface Resource {
  readonly subject: Subject
  readonly id: string
  readonly type: string
  readonly properties: ValueMap
  readonly place: Place
}

/** Templates that are checked together: one may export what another imports. */
export interface Subjects {
  readonly all: readonly Subject[]
  ofType(type: string): readonly Resource[]
}

export interface SubjectSource {
  readonly file: string
  readonly written: ValueMap
  readonly expanded: ValueMap
  readonly region: string
  /** The values given for parameters, beside the defaults. */
  readonly parameters: Readonly<Record<string, Value>>
  readonly deployed?: DeployedTemplate | undefined
}

/** The template of a stack as it stands. */
export interface DeployedTemplate {
  /** After its transforms. */
  readonly expanded: ValueMap
  /** The values that its parameters have. */
  readonly parameters: Readonly<Record<string, Value>>
  /** By the logical id of an API, what decides about access to it and was changed after it was deployed last. */
  readonly undeployed: ReadonlyMap<string, readonly string[]>
}

/** The templates with their values worked out, as rules look at them: together. */
export function subjectsOf(sources: readonly SubjectSource[]): Subjects {
  const all = sources.map(subjectOf)
  const byType = new Map<string, Resource[]>()
  for (const { resources } of all)
    for (const resource of resources.values()) {
      const known = byType.get(resource.type)
      if (known) known.push(resource)
      else byType.set(resource.type, [resource])
    }
  return { all, ofType: (type) => byType.get(type) ?? [] }
}

function subjectOf({ file, written, expanded, region, parameters, deployed }: SubjectSource): Subject {
  const settler = settlerOf(expanded, { ...defaultsOf(written), ...parameters }, region)
  const resources = new Map<string, Resource>()
  const outputs = new Map<string, ValueMap>()
  const standing = deployed && { ...subjectOf({ file, written, region, ...deployed }), undeployed: deployed.undeployed }
  const subject: Subject = { file, written, resources, outputs, settler, ...(standing && { deployed: standing }) }
  const isOut = ({ Condition: condition }: ValueMap) => typeof condition === 'string' && settler.condition(condition) === false
  for (const [id, node] of membersOf(expanded, 'Resources')) {
    if (!isMap(node) || typeof node['Type'] !== 'string' || isOut(node)) continue
    const properties = settler.settle(node['Properties'] ?? {})
    const place = { file, path: `Resources.${id}`, position: positionOfMember(expanded['Resources'], id) }
    resources.set(id, { subject, id, type: node['Type'], properties: isMap(properties) ? properties : {}, place })
  }
  for (const [id, node] of membersOf(expanded, 'Outputs')) {
    const settled = isMap(node) && !isOut(node) ? settler.settle(node) : undefined
    if (isMap(settled)) outputs.set(id, settled)
  }
  return subject
}

function defaultsOf(template: ValueMap): Record<string, Value> {
  const values: Record<string, Value> = {}
  for (const [name, declared] of membersOf(template, 'Parameters')) {
    const given = isMap(declared) ? declared['Default'] : undefined
    if (given !== undefined) values[name] = given
  }
  return { ...values, ...givenValues(template, []) }
}

function membersOf(template: ValueMap, section: string): [string, Value][] {
  const found = memberOf(template, section)
  return isMap(found) ? Object.entries(found) : []
}

/** The place of a member of a resource's properties, as deep as it is written. */
export function placeIn({ subject: { file }, id, properties, place }: Resource, ...path: (string | number)[]): Place {
  let node: Value | undefined = properties
  let position = place.position
  const parts: string[] = [`Resources.${id}.Properties`]
  for (const key of path) {
    if (typeof node !== 'object' || node === null) break
    position = positionOfMember(node, key) ?? position
    parts.push(typeof key === 'number' ? `[${key}]` : `.${key}`)
    node = (node as ValueMap)[key]
  }
  return { file, path: parts.join(''), position }
}
