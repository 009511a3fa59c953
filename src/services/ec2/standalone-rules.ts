import type { Scope } from '#core/aws/scope.ts'
import type { ResourceRequest, ResourceState } from '#kit/resource.ts'
import { type Ec2, find, SECURITY_GROUP, save } from './kinds.ts'
import type { SecurityGroupRule } from './records.ts'
import { ruleFrom, type WrittenRule } from './security-group-rules.ts'
import { authorize, noSuchRule, revokeIds } from './security-groups.ts'
import { writtenAt } from './written-at.ts'

/** A rule that a template declares outside its group. */
export function saveRule(
  request: ResourceRequest<unknown>,
  groupId: string,
  direction: SecurityGroupRule['direction'],
  written: WrittenRule,
  ports: Ec2,
): ResourceState {
  const { caller } = request
  const wanted = { ...ruleFrom(direction, written, caller.account), ...writtenAt(request) }
  const [rule] = authorize(caller, groupId, [wanted], ports)
  return stateOf(rule?.id ?? '')
}

/** Only the description can be changed in place. */
export function updateRule(
  scope: Scope,
  groupId: string,
  ruleId: string,
  description: string | undefined,
  ports: Pick<Ec2, 'records'>,
): ResourceState {
  const group = find(SECURITY_GROUP, scope, groupId, ports)
  if (!group.rules.some(({ id }) => id === ruleId)) throw noSuchRule(ruleId)
  const rules = group.rules.map((rule) => {
    if (rule.id !== ruleId) return rule
    const { description: _old, ...kept } = rule
    return { ...kept, ...(description !== undefined && { description }) }
  })
  save(SECURITY_GROUP, scope, { ...group, rules }, ports)
  return stateOf(ruleId)
}

export function removeRule(scope: Scope, groupId: string, ruleId: string, ports: Pick<Ec2, 'records'>): void {
  const group = ports.records.get(SECURITY_GROUP.table, scope, groupId)
  if (group?.rules.some(({ id }) => id === ruleId)) revokeIds(scope, groupId, [ruleId], ports)
}

function stateOf(id: string): ResourceState {
  return { ref: id, attributes: { Id: id } }
}
