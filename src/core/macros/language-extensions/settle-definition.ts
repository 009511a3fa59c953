import { type Position, positionOfMember } from '../../template/position.ts'
import { isList, isMap, memberOf, type Value, type ValueMap } from '../../template/value.ts'
import { assemblyFor } from './assembly.ts'
import { refused } from './refused.ts'
import { settle } from './settle.ts'
import { type EarlyScope, known, left, type Settled } from './settled.ts'

/** A resource or an output: members that the service wants to be text are worked out, or refused. */
export function settleDefinition(written: Value, scope: EarlyScope, name: string): Settled {
  if (!isMap(written)) return settle(written, scope)
  const type = memberOf(written, 'Type')
  const condition = conditionOf(written, scope)
  const own: EarlyScope = {
    ...scope,
    within: {
      ...scope.within,
      ...(typeof type === 'string' && { type }),
      unwanted: condition !== undefined && scope.condition(condition, positionOfMember(written, 'Condition')) === false,
    },
  }
  const assembly = assemblyFor(written)
  let isLeft = false
  for (const [key, member] of Object.entries(written)) {
    const at = positionOfMember(written, key)
    const settled = key === 'Condition' ? known(condition ?? member) : settleAttribute(key, member, own, name, at)
    if (settled.kind === 'nothing') continue
    if (settled.kind === 'left') isLeft = true
    assembly.add(key, settled.value, at)
  }
  return isLeft ? left(assembly.result()) : known(assembly.result())
}

function conditionOf(written: ValueMap, scope: EarlyScope): string | undefined {
  const condition = memberOf(written, 'Condition')
  if (condition === undefined) return undefined
  const at = positionOfMember(written, 'Condition')
  const [first] = Object.keys(written)
  // Documented, of the resources of a loop: the transform takes the whole for a condition.
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach-example-conditions.html
  if (first === 'Condition' && scope.items.size > 0) throw refused('Condition layout is incorrect', at)
  const settled = settle(condition, scope)
  if (settled.kind !== 'known' || typeof settled.value !== 'string') throw refused('Condition layout is incorrect', at)
  return settled.value
}

function settleAttribute(key: string, member: Value, scope: EarlyScope, name: string, at: Position | undefined): Settled {
  if (key === 'Type') return known(member)
  if (key === 'DeletionPolicy' || key === 'UpdateReplacePolicy') return known(policyOf(key, member, scope, name, at))
  // Recorded: a list of one is that one. No function is taken here.
  if (key === 'DependsOn') return known(isList(member) && member.length === 1 ? (member[0] ?? null) : member)
  return settle(member, scope)
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
function policyOf(key: string, member: Value, scope: EarlyScope, name: string, at: Position | undefined): string {
  const settled = settle(member, scope)
  if (settled.kind === 'nothing') throw refused('AWS::NoValue is not supported for DeletionPolicy or UpdateReplacePolicy', at)
  if (isList(settled.value)) throw refused(`Every ${key} member must be a string`, at)
  if (settled.kind === 'left' || typeof settled.value !== 'string')
    throw refused(`Unsupported expression for ${key} in resource ${name}`, at)
  return settled.value
}
