import { AwsError } from '../aws/aws-error.ts'
import { scopeOfParameters, sectionOf, valueIn } from './conditions.ts'
import { unresolvedCondition } from './intrinsics/if.ts'
import { type Position, positionOf, positionOfMember } from './position.ts'
import { type FoundReference, referencesIn } from './references.ts'
import type { EvaluationScope, PseudoParameters } from './scope.ts'
import { isList, isMap, memberOf, type Value, type ValueMap } from './value.ts'

export type DeletionPolicy = 'Delete' | 'Retain' | 'Snapshot' | 'RetainExceptOnCreate'

/** A resource of a processed template whose condition, if it has one, is true. */
export interface ResourceDefinition {
  readonly logicalId: string
  readonly type: string
  /** As written: references and functions are not worked out yet. */
  readonly properties: ValueMap
  readonly dependsOn: readonly string[]
  readonly deletionPolicy: DeletionPolicy
  readonly updateReplacePolicy: DeletionPolicy
  readonly metadata?: Value
  readonly creationPolicy?: Value
  readonly updatePolicy?: Value
  readonly position?: Position
}

export interface OutputDefinition {
  readonly key: string
  readonly value: Value
  readonly exportName?: Value
  readonly description?: string
  readonly position?: Position
}

type Conditions = Readonly<Record<string, boolean>>

/**
 * The resources that are wanted under these conditions. Refuses a reference to one that is not. `parameters` are needed where a
 * template writes a deletion policy as a function of one.
 */
export function resourcesOf(
  template: ValueMap,
  conditions: Conditions,
  parameters: EvaluationScope['parameters'] = {},
): readonly ResourceDefinition[] {
  const scope = { ...scopeOfParameters(template, parameters, NO_STACK), conditions }
  const definitions = wantedMembers(sectionOf(template, 'Resources'), conditions).map(([logicalId, written, position]) =>
    definitionOf(logicalId, written, scope, position),
  )
  const present = new Set(definitions.map(({ logicalId }) => logicalId))
  refuseDangling(
    template,
    present,
    definitions.flatMap(({ properties }) => referencesIn(properties, conditions)),
    (ids) => `Template format error: Unresolved resource dependencies [${ids}] in the Resources block of the template`,
  )
  // What a resource waits for is nothing to wait for when its condition is false.
  return definitions.map((definition) => ({
    ...definition,
    dependsOn: definition.dependsOn.filter((logicalId) => present.has(logicalId)),
  }))
}

/** The outputs that are wanted under these conditions. Refuses a reference to a resource that is not. */
export function outputsOf(template: ValueMap, conditions: Conditions): readonly OutputDefinition[] {
  const present = new Set(wantedMembers(sectionOf(template, 'Resources'), conditions).map(([logicalId]) => logicalId))
  const outputs = wantedMembers(sectionOf(template, 'Outputs'), conditions).map(([key, written, position]) => {
    const exported = memberOf(written, 'Export')
    const exportName = isMap(exported) ? memberOf(exported, 'Name') : undefined
    const description = memberOf(written, 'Description')
    return {
      key,
      value: memberOf(written, 'Value') ?? null,
      ...(exportName !== undefined && { exportName }),
      ...(typeof description === 'string' && { description }),
      ...(position && { position }),
    }
  })
  const mentioned = outputs.flatMap(({ value, exportName }) => [
    ...referencesIn(value, conditions),
    ...referencesIn(exportName ?? null, conditions),
  ])
  refuseDangling(
    template,
    present,
    mentioned,
    (ids) => `Unresolved resource dependencies [${ids}] in the Outputs block of the template`,
  )
  return outputs
}

/** The members of a section whose condition, if they have one, is true, and where each stands. */
function wantedMembers(
  section: ValueMap,
  conditions: Conditions,
): readonly (readonly [string, ValueMap, Position | undefined])[] {
  return Object.entries(section).flatMap(([name, member]) => {
    if (!isMap(member)) return []
    const condition = memberOf(member, 'Condition')
    if (typeof condition === 'string') {
      if (!Object.hasOwn(conditions, condition)) throw unresolvedCondition(condition, 'Condition', positionOf(member))
      if (!conditions[condition]) return []
    }
    return [[name, member, positionOfMember(section, name)] as const]
  })
}

function refuseDangling(
  template: ValueMap,
  present: ReadonlySet<string>,
  references: readonly FoundReference[],
  message: (ids: string) => string,
) {
  const parameters = sectionOf(template, 'Parameters')
  const dangling = references.filter(
    ({ logicalId, attribute }) => !present.has(logicalId) && (attribute !== undefined || !Object.hasOwn(parameters, logicalId)),
  )
  if (dangling.length === 0) return
  const ids = [...new Set(dangling.map(({ logicalId }) => logicalId))].join(', ')
  throw new AwsError('ValidationError', message(ids), { position: dangling[0]?.at })
}

/** Deletion policies are functions of parameters and mappings at most. */
const NO_STACK: PseudoParameters = {
  AccountId: '',
  Region: '',
  Partition: '',
  StackId: '',
  StackName: '',
  URLSuffix: '',
  NotificationARNs: [],
}

function definitionOf(
  logicalId: string,
  written: ValueMap,
  scope: EvaluationScope,
  position: Position | undefined,
): ResourceDefinition {
  const type = memberOf(written, 'Type')
  const properties = memberOf(written, 'Properties')
  const metadata = memberOf(written, 'Metadata')
  const creationPolicy = memberOf(written, 'CreationPolicy')
  const updatePolicy = memberOf(written, 'UpdatePolicy')
  return {
    logicalId,
    type: String(type),
    properties: isMap(properties) ? properties : {},
    dependsOn: textsIn(memberOf(written, 'DependsOn')),
    deletionPolicy: policyIn(written, 'DeletionPolicy', scope),
    updateReplacePolicy: policyIn(written, 'UpdateReplacePolicy', scope),
    ...(metadata !== undefined && { metadata }),
    ...(creationPolicy !== undefined && { creationPolicy }),
    ...(updatePolicy !== undefined && { updatePolicy }),
    ...(position && { position }),
  }
}

function textsIn(value: Value | undefined): readonly string[] {
  const list = isList(value) ? value : [value]
  return list.filter((item) => typeof item === 'string')
}

const POLICIES: readonly DeletionPolicy[] = ['Delete', 'Retain', 'Snapshot', 'RetainExceptOnCreate']

function policyIn(written: ValueMap, name: 'DeletionPolicy' | 'UpdateReplacePolicy', scope: EvaluationScope): DeletionPolicy {
  const value = memberOf(written, name)
  if (value === undefined) return 'Delete'
  const found = valueIn(value, scope)
  const allowed = name === 'DeletionPolicy' ? POLICIES : POLICIES.slice(0, 3)
  const policy = allowed.find((candidate) => candidate === found)
  if (policy) return policy
  const position = positionOfMember(written, name)
  throw new AwsError('ValidationError', `Template error: Unrecognized ${name} ${String(found)}`, { position })
}
