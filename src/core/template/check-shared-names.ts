import type { AwsError } from '../aws/aws-error.ts'
import { formatError } from './check-sections.ts'
import { sectionOf } from './conditions.ts'
import { templateError } from './intrinsics/intrinsic.ts'
import { callIn } from './intrinsics/registry.ts'
import { type Position, positionOfMember } from './position.ts'
import { referencesIn } from './references.ts'
import { isList, isMap, memberOf, type Value, type ValueMap } from './value.ts'

/** The names under which stacks share values are known before anything is made: those that depend on a resource are refused. */
export function checkSharedNames(template: ValueMap) {
  const resources = sectionOf(template, 'Resources')
  for (const [output, { name, at }] of exportNames(template)) {
    // Reported, two spaces and all: https://github.com/aws-cloudformation/cfn-lint/issues/1632
    if (isLate(name, resources)) throw formatError(`Output ${output} is malformed.  The Name field of Export ${LATE}.`, at)
  }
  for (const section of [resources, sectionOf(template, 'Outputs')]) {
    refuseLateImports(section, resources, (at) => templateError(`the attribute in Fn::ImportValue ${LATE}`, at))
  }
}

const LATE = 'must not depend on any resources, imported values, or Fn::GetAZs'

function exportNames(template: ValueMap): readonly [output: string, { name: Value; at: Position | undefined }][] {
  return Object.entries(sectionOf(template, 'Outputs')).flatMap(([output, member]) => {
    const exported = isMap(member) ? memberOf(member, 'Export') : undefined
    const name = isMap(exported) ? memberOf(exported, 'Name') : undefined
    return name !== undefined && isMap(exported) ? [[output, { name, at: positionOfMember(exported, 'Name') }]] : []
  })
}

function refuseLateImports(value: Value, resources: ValueMap, refusal: (at: Position | undefined) => AwsError) {
  const call = callIn(value)
  if (call?.intrinsic.name === 'Fn::ImportValue' && isLate(call.argument, resources)) throw refusal(call.at)
  for (const member of membersOf(value)) refuseLateImports(member, resources, refusal)
}

function isLate(name: Value, resources: ValueMap): boolean {
  const mentions = referencesIn(name).some(({ logicalId }) => Object.hasOwn(resources, logicalId))
  return mentions || calls(name, ['Fn::ImportValue', 'Fn::GetAZs'])
}

function calls(value: Value, functions: readonly string[]): boolean {
  const called = callIn(value)?.intrinsic.name
  return (called !== undefined && functions.includes(called)) || membersOf(value).some((member) => calls(member, functions))
}

function membersOf(value: Value): readonly Value[] {
  return isList(value) || isMap(value) ? Object.values(value) : []
}
