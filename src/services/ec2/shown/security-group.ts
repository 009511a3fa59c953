import { partitionOf, type Scope } from '#core/aws/scope.ts'
import type * as Model from '#services/models/ec2.ts'
import type { Ec2 } from '../kinds.ts'
import type { SecurityGroup, SecurityGroupRule } from '../records.ts'
import { permissionsOf, shownPeerGroup } from '../security-group-rules.ts'
import { peeringStates } from '../vpc-peerings.ts'

export function shownGroup(scope: Scope, group: SecurityGroup, ports: Pick<Ec2, 'records'>): Model.SecurityGroup {
  const statusOf = peeringStates(scope, ports)
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    SecurityGroupArn: groupArn(scope, group.id),
    VpcId: group.vpcId,
    OwnerId: scope.account,
    IpPermissions: permissionsOf(
      group.rules.filter(({ direction }) => direction === 'ingress'),
      statusOf,
    ),
    IpPermissionsEgress: permissionsOf(
      group.rules.filter(({ direction }) => direction === 'egress'),
      statusOf,
    ),
    Tags: group.tags,
  }
}

export function groupArn({ account, region }: Scope, id: string): string {
  return `arn:${partitionOf(region)}:ec2:${region}:${account}:security-group/${id}`
}

export function shownRule(
  scope: Scope,
  groupId: string,
  rule: SecurityGroupRule,
  ports: Pick<Ec2, 'records'>,
): Model.SecurityGroupRule {
  const { account, region } = scope
  const { id, direction, protocol, peer, fromPort = -1, toPort = -1 } = rule
  return {
    SecurityGroupRuleId: id,
    SecurityGroupRuleArn: `arn:${partitionOf(region)}:ec2:${region}:${account}:security-group-rule/${id}`,
    GroupId: groupId,
    GroupOwnerId: account,
    IsEgress: direction === 'egress',
    IpProtocol: protocol,
    FromPort: fromPort,
    ToPort: toPort,
    ...(peer.kind === 'ipv4' && { CidrIpv4: peer.cidr }),
    ...(peer.kind === 'ipv6' && { CidrIpv6: peer.cidr }),
    ...(peer.kind === 'prefix-list' && { PrefixListId: peer.prefixListId }),
    ...(peer.kind === 'group' && { ReferencedGroupInfo: shownPeerGroup(peer, peeringStates(scope, ports)) }),
    ...(rule.description !== undefined && { Description: rule.description }),
    Tags: rule.tags,
  }
}
