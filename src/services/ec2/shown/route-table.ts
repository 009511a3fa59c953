import type { Scope } from '#core/aws/scope.ts'
import type * as Model from '#services/models/ec2.ts'
import type { Ec2 } from '../kinds.ts'
import type { Route, RouteTable } from '../records.ts'
import { leadsSomewhere } from '../route-targets.ts'

export function shownRouteTable(scope: Scope, routeTable: RouteTable, ports: Pick<Ec2, 'records'>): Model.RouteTable {
  const { id, vpcId, routes, associations, tags } = routeTable
  return {
    RouteTableId: id,
    VpcId: vpcId,
    OwnerId: scope.account,
    Associations: associations.map((association) => ({
      Main: association.main,
      RouteTableAssociationId: association.id,
      RouteTableId: id,
      ...(association.subnetId !== undefined && { SubnetId: association.subnetId }),
      AssociationState: { State: 'associated' },
    })),
    PropagatingVgws: [],
    Routes: routes.map((route) => shownRoute(scope, vpcId, route, ports)),
    Tags: tags,
  }
}

/** A route to what is gone, or does not carry anything yet, is a black hole. */
function shownRoute(
  scope: Scope,
  vpcId: string,
  { destination, gatewayId, origin }: Route,
  ports: Pick<Ec2, 'records'>,
): Model.Route {
  return {
    ...(destination.startsWith('pl-')
      ? { DestinationPrefixListId: destination }
      : destination.includes(':')
        ? { DestinationIpv6CidrBlock: destination }
        : { DestinationCidrBlock: destination }),
    ...shownTarget(gatewayId),
    Origin: origin,
    State: leadsSomewhere(scope, vpcId, gatewayId, ports) ? 'active' : 'blackhole',
  }
}

function shownTarget(id: string): Model.Route {
  if (id.startsWith('pcx-')) return { VpcPeeringConnectionId: id }
  if (id.startsWith('nat-')) return { NatGatewayId: id }
  return { GatewayId: id }
}
