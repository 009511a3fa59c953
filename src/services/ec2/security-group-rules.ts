import { AwsError } from '#core/aws/aws-error.ts'
import { formatCidr, parseCidr } from '#core/net/cidr.ts'
import type { IpPermission } from '#services/models/ec2.ts'
import type { Peer, SecurityGroupRule } from './records.ts'

/** A rule as it is asked for, before it has an id. */
export type NewRule = Omit<SecurityGroupRule, 'id' | 'tags'>

/** The members that CloudFormation's rules and the API's flat form share. */
export interface WrittenRule {
  readonly IpProtocol?: string | undefined
  readonly FromPort?: number | undefined
  readonly ToPort?: number | undefined
  readonly CidrIp?: string | undefined
  readonly CidrIpv6?: string | undefined
  readonly PrefixListId?: string | undefined
  readonly GroupId?: string | undefined
  readonly GroupOwner?: string | undefined
  readonly Description?: string | undefined
}

/** Any IPv4 address, any protocol: what a new group may send unless told otherwise. */
export const OPEN_EGRESS: NewRule = { direction: 'egress', protocol: '-1', peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } }

/** One rule from its written form. `account` owns a source group whose owner is not named. */
export function ruleFrom(direction: NewRule['direction'], written: WrittenRule, account: string): NewRule {
  return {
    direction,
    ...protocolAndPorts(written),
    peer: peerOf(written, account),
    ...(written.Description && { description: written.Description }),
  }
}

/** The rules of the API's nested form: a permission with several peers is as many rules. */
export function rulesFrom(
  direction: NewRule['direction'],
  permissions: readonly IpPermission[],
  account: string,
): readonly NewRule[] {
  return permissions.flatMap((permission) => {
    const { IpProtocol, FromPort, ToPort } = permission
    const peers: readonly WrittenRule[] = [
      ...(permission.IpRanges ?? []),
      ...(permission.Ipv6Ranges ?? []),
      ...(permission.PrefixListIds ?? []),
      ...(permission.UserIdGroupPairs ?? []).map(({ GroupId, UserId, Description }) => ({
        GroupId,
        GroupOwner: UserId,
        Description,
      })),
    ]
    return peers.map((peer) => ruleFrom(direction, { IpProtocol, FromPort, ToPort, ...peer }, account))
  })
}

const NAMES: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6', all: '-1' }

function protocolAndPorts({ IpProtocol, FromPort, ToPort }: WrittenRule) {
  if (IpProtocol === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter ipProtocol')
  const protocol = NAMES[IpProtocol.toLowerCase()] ?? IpProtocol.toLowerCase()
  if (!/^(-1|tcp|udp|icmp|icmpv6|\d{1,3})$/.test(protocol) || Number(protocol) > 255)
    throw new AwsError('InvalidParameterValue', `Invalid value '${IpProtocol}' for IP protocol. Unknown protocol.`)
  const hasPorts = protocol === 'tcp' || protocol === 'udp'
  if (!hasPorts && !protocol.startsWith('icmp')) return { protocol }
  if (FromPort === undefined || ToPort === undefined) {
    if (!hasPorts) return { protocol, fromPort: FromPort ?? -1, toPort: ToPort ?? -1 }
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.`,
    )
  }
  if (hasPorts) {
    // Port -1 stands for all of them.
    if (FromPort === -1 && ToPort === -1) return { protocol, fromPort: 0, toPort: 65535 }
    if (FromPort < 0 || ToPort > 65535 || FromPort > ToPort)
      throw new AwsError('InvalidParameterValue', `Invalid TCP/UDP port range (${FromPort}:${ToPort})`)
  }
  return { protocol, fromPort: FromPort, toPort: ToPort }
}

function peerOf({ CidrIp, CidrIpv6, PrefixListId, GroupId, GroupOwner }: WrittenRule, account: string): Peer {
  if (CidrIp !== undefined) {
    const cidr = parseCidr(CidrIp)
    if (!cidr) throw malformed(CidrIp)
    return { kind: 'ipv4', cidr: formatCidr(cidr) }
  }
  if (CidrIpv6 !== undefined) {
    if (!/^[0-9a-fA-F:]+\/\d{1,3}$/.test(CidrIpv6)) throw malformed(CidrIpv6)
    return { kind: 'ipv6', cidr: CidrIpv6.toLowerCase() }
  }
  if (PrefixListId !== undefined) return { kind: 'prefix-list', prefixListId: PrefixListId }
  if (GroupId !== undefined) return { kind: 'group', groupId: GroupId, account: GroupOwner ?? account }
  // unverified: AWS's words for a rule without any peer.
  throw new AwsError('MissingParameter', 'The request must contain one of cidrIp, cidrIpv6, a prefix list or a source group')
}

function malformed(cidr: string): AwsError {
  return new AwsError('InvalidParameterValue', `CIDR block ${cidr} is malformed`)
}

/** Two rules with the same key are the same rule: a description does not tell them apart. */
export function keyOf(rule: NewRule): string {
  return JSON.stringify([rule.direction, rule.protocol, rule.fromPort ?? null, rule.toPort ?? null, peerName(rule.peer)])
}

export function peerName(peer: Peer): string {
  return peer.kind === 'group' ? peer.groupId : peer.kind === 'prefix-list' ? peer.prefixListId : peer.cidr
}

/** The rule as AWS's messages write it: `peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW`. */
export function ruleText({ protocol, fromPort, toPort, peer }: NewRule): string {
  const name = protocol === '-1' ? 'ALL' : /^\d/.test(protocol) ? `protocol: ${protocol}` : protocol.toUpperCase()
  const ports = fromPort === undefined || toPort === undefined ? '' : `, from port: ${fromPort}, to port: ${toPort}`
  return `peer: ${peerName(peer)}, ${name}${ports}, ALLOW`
}

/** The state of a peering connection. */
export type StatusOf = (peeringId: string) => string

export function shownPeerGroup({ groupId, account, peered }: Extract<Peer, { kind: 'group' }>, statusOf: StatusOf) {
  return {
    GroupId: groupId,
    UserId: account,
    ...(peered && {
      VpcId: peered.vpcId,
      VpcPeeringConnectionId: peered.peeringId,
      PeeringStatus: statusOf(peered.peeringId),
    }),
  }
}

/** Rules as `DescribeSecurityGroups` shows them: those of one protocol and port range together, in the order they were made. */
export function permissionsOf(rules: readonly SecurityGroupRule[], statusOf: StatusOf): readonly IpPermission[] {
  const groups = new Map<string, SecurityGroupRule[]>()
  for (const rule of rules) {
    const key = JSON.stringify([rule.protocol, rule.fromPort ?? null, rule.toPort ?? null])
    groups.set(key, [...(groups.get(key) ?? []), rule])
  }
  return [...groups.values()].map((same) => {
    const [first] = same
    const peers = <T>(shape: (peer: Peer) => T | undefined) =>
      same.flatMap(({ peer, description }) => {
        const shown = shape(peer)
        return shown ? [{ ...shown, ...(description && { Description: description }) }] : []
      })
    return {
      IpProtocol: first?.protocol,
      FromPort: first?.fromPort,
      ToPort: first?.toPort,
      IpRanges: peers((peer) => (peer.kind === 'ipv4' ? { CidrIp: peer.cidr } : undefined)),
      Ipv6Ranges: peers((peer) => (peer.kind === 'ipv6' ? { CidrIpv6: peer.cidr } : undefined)),
      PrefixListIds: peers((peer) => (peer.kind === 'prefix-list' ? { PrefixListId: peer.prefixListId } : undefined)),
      UserIdGroupPairs: peers((peer) => (peer.kind === 'group' ? shownPeerGroup(peer, statusOf) : undefined)),
    }
  })
}
