import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { formatCidr, parseCidr } from '#core/net/cidr.ts'
import { type Ec2, find, listAll, newId, ROUTE_TABLE, remove, SUBNET, save, VPC } from './kinds.ts'
import type { Route, RouteTable, RouteTableAssociation, Vpc } from './records.ts'
import { checkTarget } from './route-targets.ts'
import type { Tag } from './tags.ts'

export function createRouteTable(scope: Scope, vpcId: string, tags: readonly Tag[], ports: Ec2): RouteTable {
  const { cidrBlock } = find(VPC, scope, vpcId, ports)
  const routes: Route[] = [{ destination: cidrBlock, gatewayId: 'local', origin: 'CreateRouteTable' }]
  return save(ROUTE_TABLE, scope, { id: newId(ports.ids, ROUTE_TABLE.prefix), vpcId, routes, associations: [], tags }, ports)
}

export function createMainRouteTable(scope: Scope, { id: vpcId }: Vpc, ports: Ec2): RouteTable {
  const routeTable = createRouteTable(scope, vpcId, [], ports)
  const associations = [{ id: newId(ports.ids, 'rtbassoc'), main: true }]
  return save(ROUTE_TABLE, scope, { ...routeTable, associations }, ports)
}

export function routeTablesOf(scope: Scope, vpcId: string, ports: Pick<Ec2, 'records'>): readonly RouteTable[] {
  return listAll(ROUTE_TABLE, scope, ports).filter((routeTable) => routeTable.vpcId === vpcId)
}

export function mainRouteTableOf(scope: Scope, vpcId: string, ports: Pick<Ec2, 'records'>): RouteTable | undefined {
  return routeTablesOf(scope, vpcId, ports).find(({ associations }) => associations.some(({ main }) => main))
}

export function removeMainRouteTable(scope: Scope, vpcId: string, ports: Pick<Ec2, 'records'>): void {
  const main = mainRouteTableOf(scope, vpcId, ports)
  if (main) remove(ROUTE_TABLE, scope, main.id, ports)
}

export function deleteRouteTable(scope: Scope, id: string, ports: Pick<Ec2, 'records'>): void {
  const { associations } = find(ROUTE_TABLE, scope, id, ports)
  if (associations.length > 0)
    throw new AwsError('DependencyViolation', `The routeTable '${id}' has dependencies and cannot be deleted.`)
  remove(ROUTE_TABLE, scope, id, ports)
}

export function createRoute(
  scope: Scope,
  id: string,
  destination: string,
  gatewayId: string,
  ports: Pick<Ec2, 'records'>,
  written: Pick<Route, 'source'> = {},
): Route {
  const routeTable = find(ROUTE_TABLE, scope, id, ports)
  const canonical = canonicalDestination(destination)
  if (routeTable.routes.some((route) => route.destination === canonical))
    throw new AwsError('RouteAlreadyExists', `The route identified by ${canonical} already exists.`)
  checkTarget(scope, routeTable, gatewayId, ports)
  const route: Route = { destination: canonical, gatewayId, origin: 'CreateRoute', ...written }
  save(ROUTE_TABLE, scope, { ...routeTable, routes: [...routeTable.routes, route] }, ports)
  return route
}

export function replaceRoute(
  scope: Scope,
  id: string,
  destination: string,
  gatewayId: string,
  ports: Pick<Ec2, 'records'>,
  written: Pick<Route, 'source'> = {},
): void {
  const routeTable = find(ROUTE_TABLE, scope, id, ports)
  const canonical = canonicalDestination(destination)
  if (!routeTable.routes.some((route) => route.destination === canonical)) throw noRoute(id, canonical)
  checkTarget(scope, routeTable, gatewayId, ports)
  const routes = routeTable.routes.map((route) =>
    route.destination === canonical ? { destination: canonical, gatewayId, origin: route.origin, ...written } : route,
  )
  save(ROUTE_TABLE, scope, { ...routeTable, routes }, ports)
}

export function deleteRoute(scope: Scope, id: string, destination: string, ports: Pick<Ec2, 'records'>): void {
  const routeTable = find(ROUTE_TABLE, scope, id, ports)
  const canonical = canonicalDestination(destination)
  const routes = routeTable.routes.filter((route) => route.destination !== canonical)
  if (routes.length === routeTable.routes.length) throw noRoute(id, canonical)
  save(ROUTE_TABLE, scope, { ...routeTable, routes }, ports)
}

/** Puts the prefix list route of a gateway endpoint into the tables, and takes it out of all others of the VPC. */
export function routeToEndpoint(
  scope: Scope,
  endpoint: { readonly id: string; readonly vpcId: string },
  prefixListId: string,
  routeTableIds: readonly string[],
  ports: Pick<Ec2, 'records'>,
): void {
  for (const routeTable of routeTablesOf(scope, endpoint.vpcId, ports)) {
    const others = routeTable.routes.filter(({ gatewayId }) => gatewayId !== endpoint.id)
    const own: readonly Route[] = routeTableIds.includes(routeTable.id)
      ? [{ destination: prefixListId, gatewayId: endpoint.id, origin: 'CreateRoute' }]
      : []
    if (own.length > 0 || others.length < routeTable.routes.length)
      save(ROUTE_TABLE, scope, { ...routeTable, routes: [...others, ...own] }, ports)
  }
}

export function associateRouteTable(scope: Scope, id: string, subnetId: string, ports: Ec2): RouteTableAssociation {
  const routeTable = find(ROUTE_TABLE, scope, id, ports)
  const subnet = find(SUBNET, scope, subnetId, ports)
  if (subnet.vpcId !== routeTable.vpcId)
    throw new AwsError('InvalidParameterValue', `Route table ${id} and subnet ${subnetId} belong to different networks`)
  if (routeTablesOf(scope, subnet.vpcId, ports).some(({ associations }) => associations.some((one) => one.subnetId === subnetId)))
    throw new AwsError(
      'Resource.AlreadyAssociated',
      `the specified association for route table ${id} conflicts with an existing association`,
    )
  const association = { id: newId(ports.ids, 'rtbassoc'), main: false, subnetId }
  save(ROUTE_TABLE, scope, { ...routeTable, associations: [...routeTable.associations, association] }, ports)
  return association
}

export function findAssociation(scope: Scope, associationId: string, ports: Pick<Ec2, 'records'>): RouteTable | undefined {
  return listAll(ROUTE_TABLE, scope, ports).find(({ associations }) => associations.some(({ id }) => id === associationId))
}

export function disassociateRouteTable(scope: Scope, associationId: string, ports: Pick<Ec2, 'records'>): void {
  const routeTable = findAssociation(scope, associationId, ports)
  if (!routeTable) throw new AwsError('InvalidAssociationID.NotFound', `The association ID '${associationId}' does not exist`)
  const associations = routeTable.associations.filter(({ id }) => id !== associationId)
  save(ROUTE_TABLE, scope, { ...routeTable, associations }, ports)
}

/** A deleted subnet takes its association with it. */
export function forgetSubnet(scope: Scope, subnetId: string, ports: Pick<Ec2, 'records'>): void {
  for (const routeTable of listAll(ROUTE_TABLE, scope, ports)) {
    const associations = routeTable.associations.filter((association) => association.subnetId !== subnetId)
    if (associations.length < routeTable.associations.length) save(ROUTE_TABLE, scope, { ...routeTable, associations }, ports)
  }
}

function canonicalDestination(text: string): string {
  const cidr = parseCidr(text)
  if (cidr) return formatCidr(cidr)
  if (/^[0-9a-fA-F:]+\/\d{1,3}$/.test(text) || text.startsWith('pl-')) return text
  throw new AwsError(
    'InvalidParameterValue',
    `Value (${text}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`,
  )
}

function noRoute(id: string, destination: string): AwsError {
  return new AwsError('InvalidRoute.NotFound', `no route with destination-cidr-block ${destination} in route table ${id}`)
}
