import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { isAttached } from './internet-gateways.ts'
import { type Ec2, find, INTERNET_GATEWAY, NAT_GATEWAY, VPC_PEERING } from './kinds.ts'
import type { RouteTable } from './records.ts'
import { joins } from './vpc-peerings.ts'

type Stored = Pick<Ec2, 'records'>

/** Refuses a route to what is not there, or belongs to another VPC. */
export function checkTarget(scope: Scope, { id, vpcId }: RouteTable, target: string, ports: Stored): void {
  if (target === 'local') return
  if (target.startsWith('pcx-')) {
    if (!joins(find(VPC_PEERING, scope, target, ports), vpcId)) throw otherNetwork(id, `peering connection ${target}`)
    return
  }
  if (target.startsWith('nat-')) {
    const nat = ports.records.get(NAT_GATEWAY.table, scope, target)
    // Routes have another code for it than the operations of NAT gateways.
    if (nat?.state !== 'available')
      throw new AwsError('InvalidNatGatewayID.NotFound', `The natGateway ID '${target}' does not exist`)
    if (nat.vpcId !== vpcId) throw otherNetwork(id, `NAT gateway ${target}`)
    return
  }
  if (find(INTERNET_GATEWAY, scope, target, ports).vpcId !== vpcId) throw otherNetwork(id, `network gateway ${target}`)
}

/** unverified: the words for anything but an internet gateway. */
const otherNetwork = (routeTableId: string, target: string) =>
  new AwsError('InvalidParameterValue', `route table ${routeTableId} and ${target} belong to different networks`)

/** Whether a route of this VPC to the target carries anything: otherwise it is a black hole. */
export function leadsSomewhere(scope: Scope, vpcId: string, target: string, ports: Stored): boolean {
  if (target.startsWith('igw-')) return isAttached(scope, target, vpcId, ports)
  if (target.startsWith('pcx-')) return ports.records.get(VPC_PEERING.table, scope, target)?.state === 'active'
  if (target.startsWith('nat-')) return ports.records.get(NAT_GATEWAY.table, scope, target)?.state === 'available'
  return true
}
