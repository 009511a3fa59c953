import { AwsError } from '#core/aws/aws-error.ts'
import { resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/ec2-route.ts'
import { ROUTE_TABLE } from '../kinds.ts'
import { createRoute, deleteRoute, replaceRoute } from '../route-tables.ts'

export default resource(schema, {
  honours: ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'GatewayId', 'RouteTableId'],

  create({ properties, caller }, ports) {
    createRoute(caller, properties.RouteTableId, destinationOf(properties), gatewayOf(properties), ports)
    return stateOf(properties)
  },

  update({ properties, caller }, _existing, ports) {
    replaceRoute(caller, properties.RouteTableId, destinationOf(properties), gatewayOf(properties), ports)
    return stateOf(properties)
  },

  delete({ properties, caller }, ports) {
    const routeTable = ports.records.get(ROUTE_TABLE.table, caller, properties.RouteTableId)
    const destination = destinationOf(properties)
    if (routeTable?.routes.some((route) => route.destination === destination))
      deleteRoute(caller, routeTable.id, destination, ports)
  },
})

function destinationOf({ DestinationCidrBlock, DestinationIpv6CidrBlock }: Properties): string {
  const destination = DestinationCidrBlock ?? DestinationIpv6CidrBlock
  if (destination === undefined)
    throw new AwsError(
      'MissingParameter',
      'The request must contain the parameter destinationCidrBlock or destinationIpv6CidrBlock',
    )
  return destination
}

function gatewayOf({ GatewayId }: Properties): string {
  if (GatewayId === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter gatewayId')
  return GatewayId
}

function stateOf(properties: Properties) {
  const destination = destinationOf(properties)
  return { ref: `${properties.RouteTableId}|${destination}`, attributes: { CidrBlock: destination } }
}
