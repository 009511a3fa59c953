import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { parseAddress, parseCidr } from '#core/net/cidr.ts'
import { resolverAddressesOf } from '#core/net/resolver-address.ts'
import { DHCP_OPTIONS, type Ec2, find, listAll, newId, remove, save, VPC } from './kinds.ts'
import type { DhcpOptions, Vpc } from './records.ts'
import type { Tag } from './tags.ts'

type Stored = Pick<Ec2, 'records'>
type Options = DhcpOptions['options']

/** The id that stands for no options at all. */
export const NO_OPTIONS = 'default'

/** What the VPC's own resolver is called in the options. */
const OWN_RESOLVER = 'AmazonProvidedDNS'

export function createDhcpOptions(scope: Scope, wanted: Options, tags: readonly Tag[], ports: Ec2): DhcpOptions {
  for (const option of wanted) checkOption(option)
  const options = [...wanted].sort((a, b) => (a.name < b.name ? -1 : 1))
  return save(DHCP_OPTIONS, scope, { id: newId(ports.ids, DHCP_OPTIONS.prefix), isDefault: false, options, tags }, ports)
}

/** How many values each option may have. */
const MOST_VALUES: Readonly<Record<string, number>> = {
  'domain-name': 1,
  'domain-name-servers': 4,
  'ipv6-address-preferred-lease-time': 1,
  'netbios-name-servers': 4,
  'netbios-node-type': 1,
  'ntp-servers': 4,
}

/** unverified: AWS's words. */
function checkOption({ name, values }: Options[number]): void {
  const most = MOST_VALUES[name]
  if (most === undefined) throw invalid(name, 'dhcpOptions', 'Unknown DHCP option')
  if (values.length === 0 || values.length > most) throw invalid(values.join(','), name, `It takes 1 to ${most} values`)
  if (name === 'netbios-node-type' && !['1', '2', '4', '8'].includes(values[0] ?? ''))
    throw invalid(values.join(','), name, 'It is one of 1, 2, 4 and 8')
}

const invalid = (value: string, name: string, why: string) =>
  new AwsError('InvalidParameterValue', `Value (${value}) for parameter ${name} is invalid. ${why}.`)

/** The set that new VPCs get: AWS made one before anybody looked. */
export function defaultOptionsOf(scope: Scope, ports: Ec2): DhcpOptions {
  const found = listAll(DHCP_OPTIONS, scope, ports).find(({ isDefault }) => isDefault)
  return found ?? save(DHCP_OPTIONS, scope, providedBy(scope, newId(ports.ids, DHCP_OPTIONS.prefix)), ports)
}

function providedBy({ region }: Scope, id: string): DhcpOptions {
  const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`
  const options = [
    { name: 'domain-name', values: [domain] },
    { name: 'domain-name-servers', values: [OWN_RESOLVER] },
  ]
  return { id, isDefault: true, options, tags: [] }
}

/** VPCs that were stored before there were options each have an id without a set: they get it. */
export function ensureDhcpOptions(scope: Scope, ports: Stored): void {
  for (const { dhcpOptionsId } of listAll(VPC, scope, ports))
    if (dhcpOptionsId !== NO_OPTIONS && !ports.records.get(DHCP_OPTIONS.table, scope, dhcpOptionsId))
      save(DHCP_OPTIONS, scope, providedBy(scope, dhcpOptionsId), ports)
}

export function deleteDhcpOptions(scope: Scope, id: string, ports: Stored): void {
  ensureDhcpOptions(scope, ports)
  find(DHCP_OPTIONS, scope, id, ports)
  if (listAll(VPC, scope, ports).some(({ dhcpOptionsId }) => dhcpOptionsId === id))
    throw new AwsError('DependencyViolation', `The dhcpOptions '${id}' has dependencies and cannot be deleted.`)
  remove(DHCP_OPTIONS, scope, id, ports)
}

export function associateDhcpOptions(scope: Scope, id: string, vpcId: string, ports: Stored): void {
  ensureDhcpOptions(scope, ports)
  if (id !== NO_OPTIONS) find(DHCP_OPTIONS, scope, id, ports)
  save(VPC, scope, { ...find(VPC, scope, vpcId, ports), dhcpOptionsId: id }, ports)
}

/** Where the VPC's machines send names; absent: to its own resolver. unverified: that without options they have nobody to ask. */
export function nameServersOf(
  scope: Scope,
  { dhcpOptionsId, cidrBlock }: Pick<Vpc, 'dhcpOptionsId' | 'cidrBlock'>,
  ports: Stored,
): readonly number[] | undefined {
  const set = ports.records.get(DHCP_OPTIONS.table, scope, dhcpOptionsId)
  if (!set) return dhcpOptionsId === NO_OPTIONS ? [] : undefined
  const servers = set.options.find(({ name }) => name === 'domain-name-servers')?.values ?? []
  const addresses = servers.flatMap((server) => parseAddress(server) ?? [])
  // Its own resolver may also be named by its address. Machines ask the first, and the next only where that one is silent.
  const cidr = parseCidr(cidrBlock)
  const own = resolverAddressesOf({ cidrs: cidr ? [cidr] : [] })
  return servers[0] === OWN_RESOLVER || own.includes(addresses[0] ?? -1) ? undefined : addresses
}
