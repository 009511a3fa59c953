import { resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/ec2-route.ts'
import { ROUTE_TABLE } from '../kinds.ts'
import { destinationOf, targetOf } from '../route-input.ts'
import { createRoute, deleteRoute, replaceRoute } from '../route-tables.ts'
import { writtenAt } from '../written-at.ts'

export default resource(schema, {
  honours: [
    'DestinationCidrBlock',
    'DestinationIpv6CidrBlock',
    'GatewayId',
    'NatGatewayId',
    'RouteTableId',
    'VpcPeeringConnectionId',
  ],

  create(request, ports) {
    const { properties, caller } = request
    const { RouteTableId } = properties
    createRoute(caller, RouteTableId, destinationOf(properties), targetOf(properties), ports, writtenAt(request))
    return stateOf(properties)
  },

  update(request, _existing, ports) {
    const { properties, caller } = request
    const { RouteTableId } = properties
    replaceRoute(caller, RouteTableId, destinationOf(properties), targetOf(properties), ports, writtenAt(request))
    return stateOf(properties)
  },

  delete({ properties, caller }, ports) {
    const routeTable = ports.records.get(ROUTE_TABLE.table, caller, properties.RouteTableId)
    const destination = destinationOf(properties)
    if (routeTable?.routes.some((route) => route.destination === destination))
      deleteRoute(caller, routeTable.id, destination, ports)
  },
})

function stateOf(properties: Properties) {
  const destination = destinationOf(properties)
  return { ref: `${properties.RouteTableId}|${destination}`, attributes: { CidrBlock: destination } }
}
