import { AwsError } from '#core/aws/aws-error.ts'
import type { Source } from '#core/aws/reason.ts'
import type { Scope } from '#core/aws/scope.ts'
import { formatCidr, parseCidr } from '#core/net/cidr.ts'
import { type Ec2, NETWORK_ACL, save } from './kinds.ts'
import { findAcl } from './network-acls.ts'
import type { NetworkAclEntry } from './records.ts'

/** The members that the operations and the template's type share. */
export interface WrittenEntry {
  readonly RuleNumber: number
  readonly Egress?: boolean | undefined
  readonly Protocol: string | number
  readonly RuleAction: string
  readonly CidrBlock?: string | undefined
  readonly Ipv6CidrBlock?: string | undefined
  readonly PortRange?: { readonly From?: number | undefined; readonly To?: number | undefined } | undefined
  readonly Icmp?: { readonly Type?: number | undefined; readonly Code?: number | undefined } | undefined
  /** Where a template has it. */
  readonly source?: Source
}

type Stored = Pick<Ec2, 'records'>
type Place = Pick<NetworkAclEntry, 'number' | 'egress'>

/** The number that describes show for the last entry, which is in every ACL and denies all. */
export const LAST_ENTRY = 32767

export function createEntry(scope: Scope, aclId: string, written: WrittenEntry, ports: Stored): void {
  const entry = entryFrom(written)
  const acl = findAcl(scope, aclId, ports)
  if (acl.entries.some(isAt(entry)))
    throw new AwsError('NetworkAclEntryAlreadyExists', `The network acl entry identified by ${entry.number} already exists.`)
  save(NETWORK_ACL, scope, { ...acl, entries: [...acl.entries, entry] }, ports)
}

export function replaceEntry(scope: Scope, aclId: string, written: WrittenEntry, ports: Stored): void {
  const entry = entryFrom(written)
  const acl = findAcl(scope, aclId, ports)
  if (!acl.entries.some(isAt(entry))) throw noSuchEntry(entry)
  save(NETWORK_ACL, scope, { ...acl, entries: acl.entries.map((one) => (isAt(entry)(one) ? entry : one)) }, ports)
}

export function deleteEntry(scope: Scope, aclId: string, place: Place, ports: Stored): void {
  const acl = findAcl(scope, aclId, ports)
  if (!acl.entries.some(isAt(place))) throw noSuchEntry(place)
  save(NETWORK_ACL, scope, { ...acl, entries: acl.entries.filter((one) => !isAt(place)(one)) }, ports)
}

/** Numbers are of one direction: the same number may stand in both. */
const isAt =
  ({ number, egress }: Place) =>
  (entry: Place): boolean =>
    entry.number === number && entry.egress === egress

function noSuchEntry({ number, egress }: Place): AwsError {
  return new AwsError('InvalidNetworkAclEntry.NotFound', `no ${egress ? 'egress' : 'ingress'} entry with number ${number}`)
}

function entryFrom(written: WrittenEntry): NetworkAclEntry {
  const { RuleNumber: number, RuleAction: action, Egress: egress = false } = written
  if (!Number.isInteger(number) || number < 1 || number >= LAST_ENTRY) throw invalid(`${number}`, 'ruleNumber')
  if (action !== 'allow' && action !== 'deny') throw invalid(action, 'ruleAction')
  const protocol = protocolOf(written.Protocol)
  const { source } = written
  return { number, egress, protocol, action, cidr: blockOf(written), ...withPorts(protocol, written), ...(source && { source }) }
}

const NUMBERS: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58', all: '-1' }

function protocolOf(written: string | number): string {
  const protocol = NUMBERS[String(written).toLowerCase()] ?? String(written)
  if (!/^(-1|\d{1,3})$/.test(protocol) || Number(protocol) > 255) throw invalid(protocol, 'protocol')
  return protocol
}

function blockOf({ CidrBlock, Ipv6CidrBlock }: WrittenEntry): string {
  if (Ipv6CidrBlock !== undefined) {
    if (!/^[0-9a-fA-F:]+\/\d{1,3}$/.test(Ipv6CidrBlock)) throw notABlock(Ipv6CidrBlock, 'ipv6CidrBlock')
    return Ipv6CidrBlock.toLowerCase()
  }
  if (CidrBlock === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter cidrBlock')
  const cidr = parseCidr(CidrBlock)
  if (!cidr) throw notABlock(CidrBlock, 'cidrBlock')
  return formatCidr(cidr)
}

/** Of other protocols than TCP, UDP and ICMP, ports say nothing. unverified: the words where they are missing. */
function withPorts(protocol: string, { PortRange, Icmp }: WrittenEntry): Pick<NetworkAclEntry, 'ports' | 'icmp'> {
  if (protocol === '1' || protocol === '58') {
    if (Icmp?.Type === undefined || Icmp.Code === undefined) throw missing('icmpTypeCode')
    return { icmp: { type: Icmp.Type, code: Icmp.Code } }
  }
  if (protocol !== '6' && protocol !== '17') return {}
  const { From: from, To: to } = PortRange ?? {}
  if (from === undefined || to === undefined) throw missing('portRange')
  if (from < 0 || to > 65535 || from > to) throw invalid(`${from}-${to}`, 'portRange')
  return { ports: { from, to } }
}

const missing = (name: string) => new AwsError('MissingParameter', `The request must contain the parameter ${name}`)

/** unverified: AWS says more of some of them. */
const invalid = (value: string, name: string) =>
  new AwsError('InvalidParameterValue', `Value (${value}) for parameter ${name} is invalid.`)

const notABlock = (value: string, name: string) =>
  new AwsError('InvalidParameterValue', `Value (${value}) for parameter ${name} is invalid. This is not a valid CIDR block.`)
