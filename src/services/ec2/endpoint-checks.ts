import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { privateDnsNamesOf } from './endpoint-dns.ts'
import { type Ec2, find, listAll, SECURITY_GROUP, SUBNET, VPC_ENDPOINT } from './kinds.ts'
import type { Subnet, Vpc, VpcEndpoint } from './records.ts'
import { defaultGroupOf } from './security-groups.ts'

type Members = Pick<VpcEndpoint, 'type' | 'subnetIds' | 'groupIds' | 'routeTableIds' | 'privateDnsEnabled'>

/** Each type has members that the other has not. unverified: AWS's words for a gateway endpoint's. */
export function checkMembers({ type, subnetIds, groupIds, routeTableIds, privateDnsEnabled }: Members): void {
  const refuse = (text: string) => new AwsError('InvalidParameter', text)
  if (type === 'Interface' && routeTableIds.length > 0)
    throw refuse('Route table IDs are only supported for Gateway type VPC Endpoint.')
  if (type === 'Gateway' && subnetIds.length > 0)
    throw refuse('Subnet IDs are only supported for Interface and GatewayLoadBalancer type VPC Endpoint.')
  if (type === 'Gateway' && groupIds.length > 0)
    throw refuse('Security group IDs are only supported for Interface type VPC Endpoint.')
  if (type === 'Gateway' && privateDnsEnabled) throw refuse('Private DNS is only supported for Interface type VPC Endpoint.')
}

export function checkedSubnets(scope: Scope, vpc: Vpc, ids: readonly string[], ports: Ec2): readonly Subnet[] {
  const subnets = ids.map((id) => find(SUBNET, scope, id, ports))
  for (const [index, subnet] of subnets.entries()) {
    checkNetwork(vpc, subnet)
    const same = subnets.slice(0, index).find(({ zone }) => zone === subnet.zone)
    if (same)
      throw new AwsError('DuplicateSubnetsInSameZone', `Found another VPC endpoint subnet in the availability zone of ${same.id}`)
  }
  return subnets
}

/** The groups asked for; an interface endpoint without any gets the VPC's default group. */
export function checkedGroups(
  scope: Scope,
  vpc: Vpc,
  { type, groupIds }: Pick<VpcEndpoint, 'type' | 'groupIds'>,
  ports: Ec2,
): readonly string[] {
  for (const id of groupIds) checkNetwork(vpc, find(SECURITY_GROUP, scope, id, ports))
  if (type === 'Gateway' || groupIds.length > 0) return groupIds
  const group = defaultGroupOf(scope, vpc.id, ports)
  return group ? [group.id] : []
}

export function checkNetwork(vpc: Vpc, { vpcId }: { readonly vpcId: string }): void {
  if (vpcId !== vpc.id)
    throw new AwsError('InvalidParameter', 'You have specified two resources that belong to different networks.')
}

export function checkPrivateDns(
  scope: Scope,
  vpc: Vpc,
  { id, serviceName }: Pick<VpcEndpoint, 'id' | 'serviceName'>,
  ports: Ec2,
): void {
  if (!vpc.dnsSupport || !vpc.dnsHostnames)
    throw new AwsError(
      'InvalidParameter',
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.id}`,
    )
  const taken = listAll(VPC_ENDPOINT, scope, ports).some(
    (other) => other.id !== id && other.vpcId === vpc.id && other.serviceName === serviceName && other.privateDnsEnabled,
  )
  // AWS names the wildcard where the service has one.
  const names = privateDnsNamesOf(serviceName, scope.region)
  const domain = names.find((name) => name.startsWith('*.')) ?? names[0]
  if (taken)
    throw new AwsError(
      'InvalidParameter',
      `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${domain} in the VPC ${vpc.id}`,
    )
}
