import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { zonesOf } from '#core/aws/zones.ts'
import { type Cidr, contains, formatCidr, overlaps, parseCidr } from '#core/net/cidr.ts'
import { type Ec2, find, listAll, NETWORK_INTERFACE, newId, remove, SUBNET, save, VPC } from './kinds.ts'
import type { Subnet } from './records.ts'
import { forgetSubnet } from './route-tables.ts'
import type { Tag } from './tags.ts'

export interface NewSubnet {
  readonly vpcId: string
  readonly cidrBlock: string | undefined
  readonly zone?: string | undefined
  readonly zoneId?: string | undefined
  readonly mapPublicIp?: boolean | undefined
  readonly isDefault?: boolean
  readonly tags: readonly Tag[]
}

export function createSubnet(scope: Scope, wanted: NewSubnet, ports: Ec2): Subnet {
  const vpc = find(VPC, scope, wanted.vpcId, ports)
  if (wanted.cidrBlock === undefined)
    throw new AwsError('MissingParameter', 'Either cidrBlock or ipv4IpamPoolId must be provided')
  const zone = chosenZone(scope.region, wanted)
  const cidr = checkedCidr(wanted.cidrBlock, cidrOf(vpc))
  const neighbours = listAll(SUBNET, scope, ports).filter(({ vpcId }) => vpcId === vpc.id)
  if (neighbours.some((neighbour) => overlaps(cidr, cidrOf(neighbour))))
    throw new AwsError('InvalidSubnet.Conflict', `The CIDR '${wanted.cidrBlock}' conflicts with another subnet`)
  const subnet = {
    id: newId(ports.ids, SUBNET.prefix),
    vpcId: vpc.id,
    cidrBlock: formatCidr(cidr),
    zone: zone.name,
    zoneId: zone.id,
    mapPublicIp: wanted.mapPublicIp ?? false,
    isDefault: wanted.isDefault ?? false,
    networkAclAssociationId: newId(ports.ids, 'aclassoc'),
    tags: wanted.tags,
  }
  return save(SUBNET, scope, subnet, ports)
}

/** AWS picks a zone where none is asked for; here it is always the first. */
function chosenZone(region: string, { zone, zoneId }: NewSubnet) {
  const zones = zonesOf(region)
  const wanted = zone ?? zoneId
  const found = wanted === undefined ? zones[0] : zones.find(({ name, id }) => name === zone || id === zoneId)
  if (found) return found
  const parameter = zone === undefined ? 'availabilityZoneId' : 'availabilityZone'
  const known = zones.map(({ name, id }) => (zone === undefined ? id : name)).join(', ')
  throw new AwsError(
    'InvalidParameterValue',
    `Value (${wanted}) for parameter ${parameter} is invalid. Subnets can currently only be created in the following availability zones: ${known}.`,
  )
}

function checkedCidr(text: string, vpc: Cidr): Cidr {
  const cidr = parseCidr(text)
  if (!cidr)
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    )
  if (cidr.prefix < 16 || cidr.prefix > 28 || !contains(vpc, cidr))
    throw new AwsError('InvalidSubnet.Range', `The CIDR '${text}' is invalid.`)
  return cidr
}

/** The block of a VPC or subnet that was checked when it was made. */
export function cidrOf({ cidrBlock }: { readonly cidrBlock: string }): Cidr {
  const cidr = parseCidr(cidrBlock)
  if (!cidr) throw new Error(`the stored block ${cidrBlock} is not a CIDR block`)
  return cidr
}

export function changeSubnet(
  scope: Scope,
  id: string,
  change: { readonly mapPublicIp?: boolean | undefined; readonly tags?: readonly Tag[] },
  ports: Pick<Ec2, 'records'>,
): Subnet {
  const subnet = find(SUBNET, scope, id, ports)
  const { mapPublicIp = subnet.mapPublicIp, tags = subnet.tags } = change
  return save(SUBNET, scope, { ...subnet, mapPublicIp, tags }, ports)
}

export function deleteSubnet(scope: Scope, id: string, ports: Pick<Ec2, 'records'>): void {
  find(SUBNET, scope, id, ports)
  if (listAll(NETWORK_INTERFACE, scope, ports).some(({ subnetId }) => subnetId === id))
    throw new AwsError('DependencyViolation', `The subnet '${id}' has dependencies and cannot be deleted.`)
  forgetSubnet(scope, id, ports)
  remove(SUBNET, scope, id, ports)
}
