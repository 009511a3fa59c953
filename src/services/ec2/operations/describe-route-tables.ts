import { operation } from '#kit/operation.ts'
import type { RouteTable } from '#services/models/ec2.ts'
import { DescribeRouteTables } from '#services/models/ec2.ts'
import { chosen, described, type Filters } from '../describe.ts'
import { ROUTE_TABLE } from '../kinds.ts'
import { shownRouteTable } from '../shown/route-table.ts'

export default operation(DescribeRouteTables, {
  authorize: () => ({ action: 'ec2:DescribeRouteTables', resource: '*' }),

  run({ RouteTableIds, ...input }, caller, ports) {
    const all = chosen(ROUTE_TABLE, caller, RouteTableIds, ports).map((one) => shownRouteTable(caller, one, ports))
    const { page, ...next } = described(all, input, filters, ({ RouteTableId }) => RouteTableId)
    return { RouteTables: page, ...next }
  },
})

const filters: Filters<RouteTable> = {
  'association.main': ({ Associations = [] }) => Associations.map(({ Main }) => Main),
  'association.route-table-association-id': ({ Associations = [] }) =>
    Associations.map(({ RouteTableAssociationId }) => RouteTableAssociationId),
  'association.route-table-id': ({ Associations = [] }) => Associations.map(({ RouteTableId }) => RouteTableId),
  'association.subnet-id': ({ Associations = [] }) => Associations.map(({ SubnetId }) => SubnetId),
  'owner-id': ({ OwnerId }) => OwnerId,
  'route.destination-cidr-block': ({ Routes = [] }) => Routes.map(({ DestinationCidrBlock }) => DestinationCidrBlock),
  'route.gateway-id': ({ Routes = [] }) => Routes.map(({ GatewayId }) => GatewayId),
  'route.origin': ({ Routes = [] }) => Routes.map(({ Origin }) => Origin),
  'route.destination-ipv6-cidr-block': ({ Routes = [] }) =>
    Routes.map(({ DestinationIpv6CidrBlock }) => DestinationIpv6CidrBlock),
  'route.destination-prefix-list-id': ({ Routes = [] }) => Routes.map(({ DestinationPrefixListId }) => DestinationPrefixListId),
  'route.vpc-peering-connection-id': ({ Routes = [] }) => Routes.map(({ VpcPeeringConnectionId }) => VpcPeeringConnectionId),
  'route.nat-gateway-id': ({ Routes = [] }) => Routes.map(({ NatGatewayId }) => NatGatewayId),
  'route.state': ({ Routes = [] }) => Routes.map(({ State }) => State),
  'route-table-id': ({ RouteTableId }) => RouteTableId,
  'vpc-id': ({ VpcId }) => VpcId,
}
