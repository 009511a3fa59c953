import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { formatCidr, parseCidr } from '#core/net/cidr.ts'
import { defaultOptionsOf } from './dhcp-options.ts'
import {
  type Ec2,
  find,
  INTERNET_GATEWAY,
  listAll,
  NETWORK_ACL,
  newId,
  remove,
  SECURITY_GROUP,
  SUBNET,
  save,
  VPC,
  VPC_ENDPOINT,
} from './kinds.ts'
import { createDefaultAcl, removeDefaultAcl } from './network-acls.ts'
import type { Vpc } from './records.ts'
import { createMainRouteTable, removeMainRouteTable, routeTablesOf } from './route-tables.ts'
import { createDefaultGroup, removeDefaultGroup } from './security-groups.ts'
import type { Tag } from './tags.ts'
import { isPeered } from './vpc-peerings.ts'

export interface NewVpc {
  readonly cidrBlock: string
  readonly tenancy?: string | undefined
  readonly dnsSupport?: boolean | undefined
  readonly dnsHostnames?: boolean | undefined
  readonly isDefault?: boolean
  readonly tags: readonly Tag[]
}

/** Makes a VPC with what AWS makes along with it: a main route table, a default security group and a default network ACL. */
export function createVpc(scope: Scope, wanted: NewVpc, ports: Ec2): Vpc {
  const vpc: Vpc = {
    id: newId(ports.ids, VPC.prefix),
    cidrBlock: checkedCidr(wanted.cidrBlock),
    cidrAssociationId: newId(ports.ids, 'vpc-cidr-assoc'),
    tenancy: wanted.tenancy ?? 'default',
    dnsSupport: wanted.dnsSupport ?? true,
    dnsHostnames: wanted.dnsHostnames ?? false,
    isDefault: wanted.isDefault ?? false,
    dhcpOptionsId: defaultOptionsOf(scope, ports).id,
    networkAclId: newId(ports.ids, 'acl'),
    tags: wanted.tags,
  }
  save(VPC, scope, vpc, ports)
  createMainRouteTable(scope, vpc, ports)
  createDefaultGroup(scope, vpc.id, ports)
  createDefaultAcl(scope, vpc, ports)
  return vpc
}

function checkedCidr(text: string): string {
  const cidr = parseCidr(text)
  if (!cidr)
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    )
  if (cidr.prefix < 16 || cidr.prefix > 28) throw new AwsError('InvalidVpc.Range', `The CIDR '${text}' is invalid.`)
  return formatCidr(cidr)
}

export interface VpcChange {
  readonly dnsSupport?: boolean | undefined
  readonly dnsHostnames?: boolean | undefined
  readonly tenancy?: string | undefined
  readonly tags?: readonly Tag[]
}

export function changeVpc(scope: Scope, id: string, change: VpcChange, ports: Pick<Ec2, 'records'>): Vpc {
  const vpc = find(VPC, scope, id, ports)
  return save(
    VPC,
    scope,
    {
      ...vpc,
      dnsSupport: change.dnsSupport ?? vpc.dnsSupport,
      dnsHostnames: change.dnsHostnames ?? vpc.dnsHostnames,
      tenancy: change.tenancy ?? vpc.tenancy,
      tags: change.tags ?? vpc.tags,
    },
    ports,
  )
}

/** Deletes the VPC with its main route table, default security group and default ACL; anything else in it stands in the way. */
export function deleteVpc(scope: Scope, id: string, ports: Pick<Ec2, 'records'>): void {
  const vpc = find(VPC, scope, id, ports)
  const within = ({ vpcId }: { readonly vpcId: string }) => vpcId === id
  const inTheWay =
    listAll(SUBNET, scope, ports).some(within) ||
    listAll(SECURITY_GROUP, scope, ports).some((group) => within(group) && group.name !== 'default') ||
    routeTablesOf(scope, id, ports).some(({ associations }) => !associations.some(({ main }) => main)) ||
    listAll(NETWORK_ACL, scope, ports).some((acl) => within(acl) && !acl.isDefault) ||
    listAll(INTERNET_GATEWAY, scope, ports).some(({ vpcId }) => vpcId === id) ||
    listAll(VPC_ENDPOINT, scope, ports).some(within) ||
    isPeered(scope, id, ports)
  if (inTheWay) throw new AwsError('DependencyViolation', `The vpc '${id}' has dependencies and cannot be deleted.`)
  removeMainRouteTable(scope, id, ports)
  removeDefaultGroup(scope, id, ports)
  removeDefaultAcl(scope, vpc, ports)
  remove(VPC, scope, id, ports)
}
