import { referencesIn } from '../template/references.ts'
import type { ResourceDefinition } from '../template/resources.ts'
import { memberOf } from '../template/value.ts'
import type { Change, ChangeDetail, ChangeTarget, CurrentResource } from './change.ts'
import { type Comparison, isEqual, type PropertyChange } from './compare.ts'

/** What the plan does to a resource, as far as its dependents are concerned. */
export type Fate = 'kept' | 'added' | 'updated' | 'replaced' | 'perhaps replaced'

/** What may cause a change besides the template's text. */
export interface Causes {
  readonly fates: ReadonlyMap<string, Fate>
  readonly conditions: Readonly<Record<string, boolean>>
  readonly changedParameters: ReadonlySet<string>
}

/** Each change of a resource with its causes: a parameter, another resource, or the template itself. */
export function detailsOf(
  definition: ResourceDefinition,
  comparison: Comparison,
  current: CurrentResource,
  causes: Causes,
): readonly ChangeDetail[] {
  const properties = comparison.changes.flatMap((change) => propertyDetails(change, definition, causes))
  const attributes: readonly (readonly [ChangeTarget['Attribute'], unknown, unknown])[] = [
    ['Metadata', current.metadata, definition.metadata],
    ['DeletionPolicy', current.deletionPolicy, definition.deletionPolicy],
    ['UpdateReplacePolicy', current.updateReplacePolicy, definition.updateReplacePolicy],
  ]
  const others = attributes
    .filter(([, before, after]) => !isEqual(before, after))
    .map(([Attribute]): ChangeDetail => {
      return { Target: { Attribute, RequiresRecreation: 'Never' }, Evaluation: 'Static', ChangeSource: 'DirectModification' }
    })
  return [...properties, ...others]
}

function propertyDetails(change: PropertyChange, definition: ResourceDefinition, causes: Causes): readonly ChangeDetail[] {
  const Target: ChangeTarget = {
    Attribute: 'Properties',
    Name: change.name,
    RequiresRecreation: change.requiresRecreation,
    Path: change.path,
    AttributeChangeType: change.kind,
    ...(change.before !== undefined && { BeforeValue: textOf(change.before) }),
    ...(change.after !== undefined && { AfterValue: textOf(change.after) }),
  }
  const caused = causesOf(definition, change.name, causes)
  if (caused.length === 0) return [{ Target, Evaluation: 'Static', ChangeSource: 'DirectModification' }]
  // AWS always adds that the text may have changed as well.
  const ofParameters = caused.filter(({ ChangeSource }) => ChangeSource === 'ParameterReference')
  const ofResources = caused.filter(({ ChangeSource }) => ChangeSource !== 'ParameterReference')
  const ofText: Cause = { ChangeSource: 'DirectModification', Evaluation: 'Dynamic' }
  return [...ofParameters, ofText, ...ofResources].map((cause) => ({ Target, ...cause }))
}

type Cause = Omit<ChangeDetail, 'Target'>

function causesOf({ properties }: ResourceDefinition, name: string, causes: Causes): readonly Cause[] {
  const found = new Map<string, Cause>()
  for (const { logicalId, attribute } of referencesIn(memberOf(properties, name) ?? '', causes.conditions)) {
    const fate = causes.fates.get(logicalId)
    const entity = attribute === undefined ? logicalId : `${logicalId}.${attribute}`
    if (attribute === undefined && causes.changedParameters.has(logicalId))
      found.set(entity, { ChangeSource: 'ParameterReference', Evaluation: 'Static', CausingEntity: entity })
    else if (fate && fate !== 'kept' && !(fate === 'updated' && attribute === undefined))
      found.set(entity, {
        ChangeSource: attribute === undefined ? 'ResourceReference' : 'ResourceAttribute',
        // What is made anew is certain to differ; what is only updated may keep the attribute.
        Evaluation: fate === 'added' || fate === 'replaced' ? 'Static' : 'Dynamic',
        CausingEntity: entity,
      })
  }
  return [...found.values()]
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A change as DescribeChangeSet shows it unless property values are asked for. */
export function withoutPropertyValues({ before: _before, after: _after, ...change }: Change): Change {
  const details = change.details.flatMap((detail) => {
    const { Attribute, Name, RequiresRecreation } = detail.Target
    const causedByResource = change.details.some(
      (other) => other.Target.Path === detail.Target.Path && other.ChangeSource.startsWith('Resource'),
    )
    const isGuess = detail.ChangeSource === 'DirectModification' && detail.Evaluation === 'Dynamic' && causedByResource
    return isGuess ? [] : [{ ...detail, Target: { Attribute, ...(Name !== undefined && { Name }), RequiresRecreation } }]
  })
  return { ...change, details: details.filter((detail, index) => details.findIndex((other) => isEqual(other, detail)) === index) }
}
