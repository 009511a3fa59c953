import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { formatAddress, parseAddress, parseCidr, sizeOf } from '#core/net/cidr.ts'
import type { Vantage } from '#core/net/network.ts'
import type { Records } from '#kit/records.ts'
import { exports, stackResources } from '#kit/stacks.ts'
import { type Kind, NETWORK_INTERFACE, SECURITY_GROUP, SUBNET, VPC } from '#services/ec2/kinds.ts'
import type { Ec2Resource, SecurityGroup, Subnet } from '#services/ec2/records.ts'

/** Where somebody wants to stand: on the internet, or in a VPC. Things are named by id, name, logical id or export. */
export type Wanted =
  | { readonly internet: true }
  | { readonly vpc: string; readonly subnet?: string; readonly securityGroups?: readonly string[] }

/**
 * The place that is meant. Without a subnet, it is the VPC's first; without security groups, its default one; the address is the last one
 * in the subnet that nobody has, far from those that are given out next.
 *
 * @throws AwsError where nothing or more than one thing has the name
 */
export function standAt(records: Records, scope: Scope, wanted: Wanted, taken: ReadonlySet<number> = new Set()): Vantage {
  if ('internet' in wanted) return { kind: 'internet' }
  const vpc = oneNamed(records, scope, VPC, wanted.vpc, 'VPC')
  const inVpc = (one: { vpcId: string }) => one.vpcId === vpc.value.id
  const subnet =
    wanted.subnet === undefined ? firstSubnet(records, vpc) : oneNamed(records, scope, SUBNET, wanted.subnet, 'subnet').value
  const groups = wanted.securityGroups?.length
    ? wanted.securityGroups.map((name) => oneNamed(records, vpc.scope, SECURITY_GROUP, name, 'security group').value)
    : records
        .list(SECURITY_GROUP.table, vpc.scope)
        .flatMap(({ value }) => (inVpc(value) && value.name === 'default' ? value : []))
  for (const one of [subnet, ...groups]) {
    if (!inVpc(one)) throw refused(`\`${one.id}\` is in \`${one.vpcId}\`, not in \`${vpc.value.id}\``)
  }
  return {
    kind: 'subnet',
    subnetId: subnet.id,
    address: freeAddress(records, subnet, taken),
    groupIds: groups.map(({ id }) => id),
    public: subnet.mapPublicIp,
  }
}

function firstSubnet(records: Records, { scope, value: vpc }: { scope: Scope; value: Ec2Resource }): Subnet {
  const subnets = records.list(SUBNET.table, scope).flatMap(({ value }) => (value.vpcId === vpc.id ? value : []))
  const [first] = subnets.sort((one, other) => baseOf(one) - baseOf(other))
  if (!first) throw refused(`\`${vpc.id}\` has no subnet`)
  return first
}

const baseOf = ({ cidrBlock }: Subnet): number => parseCidr(cidrBlock)?.base ?? 0

function oneNamed<T extends Ec2Resource>(records: Records, scope: Scope, kind: Kind<T>, name: string, what: string) {
  // Ids are unique; names are an account's own.
  const byId = records.all(kind.table).filter(({ scope: { region }, value }) => region === scope.region && value.id === name)
  const ids = idsNamed(records, scope, name)
  const here = records.list(kind.table, scope)
  const meant = byId.length > 0 ? byId : here.filter(({ value }) => ids.has(value.id) || namesOf(value).includes(name))
  const [one, ...others] = meant
  if (one && others.length === 0) return one
  if (one) throw refused(`\`${name}\` is the name of several: ${meant.map(({ value }) => `\`${value.id}\``).join(', ')}`)
  const known = here.map(({ value }) => [value.id, ...namesOf(value)].map((text) => `\`${text}\``).join(' ')).join(', ')
  throw refused(`account ${scope.account} has no ${what} \`${name}\` in ${scope.region}; it has ${known || 'none'}`)
}

/** Its `Name` tag, and what a security group is called. */
function namesOf(resource: Ec2Resource & Partial<Pick<SecurityGroup, 'name'>>): readonly string[] {
  const tag = resource.tags.find(({ Key }) => Key === 'Name')?.Value
  return [...(tag === undefined ? [] : [tag]), ...(resource.name === undefined ? [] : [resource.name])]
}

/** What stacks call so: by logical id, and by export. */
function idsNamed(records: Records, scope: Scope, name: string): ReadonlySet<string> {
  const logical = records
    .list(stackResources, scope)
    .flatMap(({ value }) => (value.logicalId === name ? (value.current?.id ?? []) : []))
  const exported = records.get(exports, scope, name)
  return new Set([...logical, ...(exported ? [exported.value] : [])])
}

function freeAddress(records: Records, subnet: Subnet, taken: ReadonlySet<number>): number {
  const block = parseCidr(subnet.cidrBlock)
  if (!block) throw new Error(`${subnet.cidrBlock} is no block of addresses`)
  const used = new Set(taken)
  for (const { value } of records.all(NETWORK_INTERFACE.table)) {
    if (value.subnetId === subnet.id) used.add(parseAddress(value.address) ?? 0)
  }
  // The last address of a subnet is its broadcast address, and the first four are AWS's own.
  for (let address = block.base + sizeOf(block.prefix) - 2; address >= block.base + 4; address -= 1) {
    if (!used.has(address)) return address
  }
  throw refused(`\`${subnet.id}\` has no address left between ${formatAddress(block.base + 4)} and its end`)
}

function refused(message: string): AwsError {
  return new AwsError('InvalidPlace', message)
}
