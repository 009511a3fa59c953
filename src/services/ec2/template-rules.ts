import type { Egress, Ingress } from '#services/schemas/ec2-security-group.ts'
import type { WrittenRule } from './security-group-rules.ts'

/** CloudFormation calls the peer of an ingress rule its source, */
export function ingressRule({
  SourcePrefixListId,
  SourceSecurityGroupId,
  SourceSecurityGroupOwnerId,
  ...rule
}: Omit<Ingress, 'SourceSecurityGroupName'>): WrittenRule {
  const { IpProtocol, FromPort, ToPort, CidrIp, CidrIpv6, Description } = rule
  return {
    ...{ IpProtocol, FromPort, ToPort, CidrIp, CidrIpv6, Description },
    PrefixListId: SourcePrefixListId,
    GroupId: SourceSecurityGroupId,
    GroupOwner: SourceSecurityGroupOwnerId,
  }
}

/** and that of an egress rule its destination. */
export function egressRule({ DestinationPrefixListId, DestinationSecurityGroupId, ...rule }: Egress): WrittenRule {
  const { IpProtocol, FromPort, ToPort, CidrIp, CidrIpv6, Description } = rule
  return {
    ...{ IpProtocol, FromPort, ToPort, CidrIp, CidrIpv6, Description },
    PrefixListId: DestinationPrefixListId,
    GroupId: DestinationSecurityGroupId,
  }
}
