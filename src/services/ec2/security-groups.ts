import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { type Ec2, find, listAll, NETWORK_INTERFACE, newId, remove, SECURITY_GROUP, save, VPC } from './kinds.ts'
import type { Peer, SecurityGroup, SecurityGroupRule } from './records.ts'
import { keyOf, type NewRule, OPEN_EGRESS, ruleText } from './security-group-rules.ts'
import type { Tag } from './tags.ts'
import { activePeering } from './vpc-peerings.ts'

export interface NewSecurityGroup {
  readonly vpcId: string
  readonly name: string
  readonly description: string
  readonly ingress: readonly NewRule[]
  /** Absent: everything may go out. */
  readonly egress?: readonly NewRule[] | undefined
  readonly tags: readonly Tag[]
}

export function createSecurityGroup(scope: Scope, wanted: NewSecurityGroup, ports: Ec2): SecurityGroup {
  const { vpcId, name, description, tags } = wanted
  find(VPC, scope, vpcId, ports)
  // unverified: the words of these two refusals.
  if (name.startsWith('sg-'))
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`,
    )
  if (name === 'default') throw new AwsError('InvalidParameterValue', 'Cannot use reserved security group name: default')
  if (listAll(SECURITY_GROUP, scope, ports).some((group) => group.vpcId === vpcId && group.name === name))
    throw new AwsError('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpcId}'`)
  const id = newId(ports.ids, SECURITY_GROUP.prefix)
  const rules = [...wanted.ingress, ...(wanted.egress ?? [OPEN_EGRESS])]
  const group = { id, vpcId, name, description, tags, rules: [] }
  return save(SECURITY_GROUP, scope, { ...group, rules: added(scope, group, rules, ports) }, ports)
}

/** The group that a VPC is born with: its members may talk to each other, and out. */
export function createDefaultGroup(scope: Scope, vpcId: string, ports: Ec2): SecurityGroup {
  const id = newId(ports.ids, SECURITY_GROUP.prefix)
  const among: NewRule = { direction: 'ingress', protocol: '-1', peer: { kind: 'group', groupId: id, account: scope.account } }
  const rules = [among, OPEN_EGRESS].map((rule) => ({ ...rule, id: newId(ports.ids, 'sgr'), tags: [] }))
  return save(
    SECURITY_GROUP,
    scope,
    { id, vpcId, name: 'default', description: 'default VPC security group', rules, tags: [] },
    ports,
  )
}

export function defaultGroupOf(scope: Scope, vpcId: string, ports: Pick<Ec2, 'records'>): SecurityGroup | undefined {
  return listAll(SECURITY_GROUP, scope, ports).find((group) => group.vpcId === vpcId && group.name === 'default')
}

export function removeDefaultGroup(scope: Scope, vpcId: string, ports: Pick<Ec2, 'records'>): void {
  const group = defaultGroupOf(scope, vpcId, ports)
  if (group) remove(SECURITY_GROUP, scope, group.id, ports)
}

/** Adds all of the rules or none: each must be new and name groups that exist. */
export function authorize(scope: Scope, groupId: string, rules: readonly NewRule[], ports: Ec2): readonly SecurityGroupRule[] {
  const group = find(SECURITY_GROUP, scope, groupId, ports)
  const all = added(scope, group, rules, ports)
  save(SECURITY_GROUP, scope, { ...group, rules: all }, ports)
  return all.slice(group.rules.length)
}

function added(scope: Scope, group: SecurityGroup, rules: readonly NewRule[], ports: Ec2): readonly SecurityGroupRule[] {
  const keys = new Set(group.rules.map(keyOf))
  const located = rules.map((rule) => ({ ...rule, peer: locatedPeer(scope, group, rule.peer, ports) }))
  for (const rule of located) {
    if (keys.has(keyOf(rule)))
      throw new AwsError('InvalidPermission.Duplicate', `the specified rule "${ruleText(rule)}" already exists`)
    keys.add(keyOf(rule))
  }
  return [...group.rules, ...located.map((rule) => ({ ...rule, id: newId(ports.ids, 'sgr'), tags: [] }))]
}

/** A rule may name a group of its own VPC, or of one that is peered with it, in any account. */
function locatedPeer(scope: Scope, { id, vpcId }: SecurityGroup, peer: Peer, ports: Pick<Ec2, 'records'>): Peer {
  if (peer.kind !== 'group' || peer.groupId === id) return peer
  const other = find(SECURITY_GROUP, { ...scope, account: peer.account }, peer.groupId, ports)
  if (other.vpcId === vpcId) return peer
  const peering = activePeering(scope, vpcId, other.vpcId, ports)
  if (!peering) throw new AwsError('InvalidGroup.NotFound', 'You have specified two resources that belong to different networks.')
  return { ...peer, peered: { vpcId: other.vpcId, peeringId: peering.id } }
}

/** Takes away the rules, by what they say. */
export function revoke(scope: Scope, groupId: string, rules: readonly NewRule[], ports: Pick<Ec2, 'records'>): void {
  const group = find(SECURITY_GROUP, scope, groupId, ports)
  const keys = new Set(rules.map(keyOf))
  const left = group.rules.filter((rule) => !keys.has(keyOf(rule)))
  if (left.length > group.rules.length - keys.size)
    throw new AwsError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.')
  save(SECURITY_GROUP, scope, { ...group, rules: left }, ports)
}

/** Takes away the rules, by their ids. */
export function revokeIds(scope: Scope, groupId: string, ruleIds: readonly string[], ports: Pick<Ec2, 'records'>): void {
  const group = find(SECURITY_GROUP, scope, groupId, ports)
  const unknown = ruleIds.find((id) => !group.rules.some((rule) => rule.id === id))
  if (unknown) throw noSuchRule(unknown)
  save(SECURITY_GROUP, scope, { ...group, rules: group.rules.filter(({ id }) => !ruleIds.includes(id)) }, ports)
}

/** Makes the group's rules of one direction exactly these; those that stay keep their ids. */
export function replaceRules(
  scope: Scope,
  groupId: string,
  direction: NewRule['direction'],
  rules: readonly NewRule[],
  before: readonly NewRule[],
  ports: Ec2,
): void {
  const keys = new Set(rules.map(keyOf))
  const gone = new Set(before.map(keyOf).filter((key) => !keys.has(key)))
  const group = find(SECURITY_GROUP, scope, groupId, ports)
  const places = new Map(rules.map(({ source, ...rule }) => [keyOf(rule), source]))
  const kept = group.rules
    .filter((rule) => rule.direction !== direction || !gone.has(keyOf(rule)))
    // A rule that stays may stand elsewhere in the template by now.
    .map((rule) => ({ ...rule, ...sourceAt(places.get(keyOf(rule))) }))
  const present = new Set(kept.map(keyOf))
  const fresh = rules.filter((rule) => !present.has(keyOf(rule)))
  save(SECURITY_GROUP, scope, { ...group, rules: added(scope, { ...group, rules: kept }, fresh, ports) }, ports)
}

const sourceAt = (source: SecurityGroupRule['source']) => (source ? { source } : {})

export function noSuchRule(id: string): AwsError {
  return new AwsError('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`)
}

export function noSuchGroupName(name: string): AwsError {
  return new AwsError('InvalidGroup.NotFound', `The security group '${name}' does not exist`)
}

export function retagGroup(scope: Scope, id: string, tags: readonly Tag[], ports: Pick<Ec2, 'records'>): void {
  save(SECURITY_GROUP, scope, { ...find(SECURITY_GROUP, scope, id, ports), tags }, ports)
}

/** Rules of its own VPC that name the group keep it; those of peered VPCs name it in vain from now on. */
export function deleteSecurityGroup(scope: Scope, id: string, ports: Pick<Ec2, 'records'>): void {
  const { name } = find(SECURITY_GROUP, scope, id, ports)
  if (name === 'default')
    throw new AwsError('CannotDelete', `the specified group: "${id}" name: "default" cannot be deleted by a user`)
  const used = listAll(NETWORK_INTERFACE, scope, ports).some(({ groupIds }) => groupIds.includes(id))
  const named = listAll(SECURITY_GROUP, scope, ports).some(
    (other) => other.id !== id && other.rules.some(({ peer }) => peer.kind === 'group' && peer.groupId === id && !peer.peered),
  )
  if (used || named) throw new AwsError('DependencyViolation', `resource ${id} has a dependent object`)
  remove(SECURITY_GROUP, scope, id, ports)
}
