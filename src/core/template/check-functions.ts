import { AwsError } from '../aws/aws-error.ts'
import { sectionOf } from './conditions.ts'
import { templateError } from './intrinsics/intrinsic.ts'
import { callIn, functionNameOf } from './intrinsics/registry.ts'
import { positionOf, positionOfMember } from './position.ts'
import { type FoundReference, referencesIn } from './references.ts'
import { isList, isMap, memberOf, type Value, type ValueMap } from './value.ts'

/** Functions of resources and outputs: each exists, has arguments it can work with, and mentions only what is there. */
export function checkFunctions(template: ValueMap) {
  const resources = sectionOf(template, 'Resources')
  for (const resource of Object.values(resources)) {
    if (!isMap(resource)) continue
    for (const name of ['Properties', 'DeletionPolicy', 'UpdateReplacePolicy', 'CreationPolicy', 'UpdatePolicy'])
      checkCalls(memberOf(resource, name) ?? '')
  }
  const outputs = Object.values(sectionOf(template, 'Outputs')).filter(isMap)
  for (const output of outputs) for (const value of outputValues(output)) checkCalls(value)

  refuseUnresolved(
    template,
    Object.values(resources).flatMap((resource) => [...mentionedBy(resource)]),
    (ids) => `Template format error: Unresolved resource dependencies [${ids}] in the Resources block of the template`,
  )
  refuseUnresolved(
    template,
    outputs.flatMap((output) => outputValues(output).flatMap((value) => [...referencesIn(value)])),
    (ids) => `Unresolved resource dependencies [${ids}] in the Outputs block of the template`,
  )
}

function outputValues(output: ValueMap): readonly Value[] {
  const exported = memberOf(output, 'Export')
  return [memberOf(output, 'Value') ?? '', (isMap(exported) ? memberOf(exported, 'Name') : undefined) ?? '']
}

/** Refuses a function that does not exist, or has arguments that it cannot work with, anywhere in this value. */
export function checkCalls(value: Value) {
  const call = callIn(value)
  const name = functionNameOf(value)
  // unverified: recalled, shortened by AWS's list of all functions.
  if (name !== undefined && !call) throw templateError(`Encountered unsupported function: ${name}`, positionOf(value))
  if (isList(value) || isMap(value)) for (const member of Object.values(value)) checkCalls(member)
  call?.intrinsic.check?.(call.argument, call.at)
}

function mentionedBy(resource: Value): readonly FoundReference[] {
  if (!isMap(resource)) return []
  const dependsOn = memberOf(resource, 'DependsOn')
  const at = positionOfMember(resource, 'DependsOn')
  const waitedFor = (isList(dependsOn) ? dependsOn : [dependsOn])
    .filter((name) => typeof name === 'string')
    // Only a resource can be waited for, as only a resource has attributes.
    .map((logicalId) => ({ logicalId, attribute: '', at }))
  const policies = ['DeletionPolicy', 'UpdateReplacePolicy'].map((name) => memberOf(resource, name) ?? '')
  return [...[memberOf(resource, 'Properties') ?? '', ...policies].flatMap((value) => [...referencesIn(value)]), ...waitedFor]
}

function refuseUnresolved(template: ValueMap, references: readonly FoundReference[], message: (ids: string) => string) {
  const resources = sectionOf(template, 'Resources')
  const parameters = sectionOf(template, 'Parameters')
  const unresolved = references.filter(({ logicalId, attribute }) => {
    if (Object.hasOwn(resources, logicalId)) return false
    return attribute !== undefined || !Object.hasOwn(parameters, logicalId)
  })
  if (unresolved.length === 0) return
  const ids = [...new Set(unresolved.map(({ logicalId }) => logicalId))].join(', ')
  throw new AwsError('ValidationError', message(ids), { position: unresolved[0]?.at })
}
