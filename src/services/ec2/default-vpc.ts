import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { zonesOf } from '#core/aws/zones.ts'
import { formatAddress } from '#core/net/cidr.ts'
import { table } from '#kit/records.ts'
import { attachInternetGateway, createInternetGateway } from './internet-gateways.ts'
import { type Ec2, listAll, VPC } from './kinds.ts'
import type { Vpc } from './records.ts'
import { createRoute, mainRouteTableOf } from './route-tables.ts'
import { createSubnet } from './subnets.ts'
import { createVpc } from './vpcs.ts'

/** Scopes that have had their default VPC: a deleted one does not come back. */
const given = table<{ readonly vpcId: string }>('ec2/default-vpcs')

/** Gives the account its default VPC in this region, once: AWS made it before anybody looked. */
export function ensureDefaultVpc(scope: Scope, ports: Ec2): void {
  if (!ports.records.get(given, scope, 'default')) makeDefaultVpc(scope, ports)
}

/** 172.31.0.0/16 with a /20 in each zone, an internet gateway, and a route to it. */
function makeDefaultVpc(scope: Scope, ports: Ec2): void {
  const vpc = createVpc(scope, { cidrBlock: '172.31.0.0/16', dnsHostnames: true, isDefault: true, tags: [] }, ports)
  ports.records.put(given, scope, 'default', { vpcId: vpc.id })
  const base = 172 * 2 ** 24 + 31 * 2 ** 16
  for (const [index, { name }] of zonesOf(scope.region).entries()) {
    const cidrBlock = `${formatAddress(base + index * 2 ** 12)}/20`
    createSubnet(scope, { vpcId: vpc.id, cidrBlock, zone: name, mapPublicIp: true, isDefault: true, tags: [] }, ports)
  }
  const gateway = createInternetGateway(scope, [], ports)
  attachInternetGateway(scope, gateway.id, vpc.id, ports)
  const main = mainRouteTableOf(scope, vpc.id, ports)
  if (main) createRoute(scope, main.id, '0.0.0.0/0', gateway.id, ports)
}

/** The VPC that is meant where none is named. */
export function defaultVpcOf(scope: Scope, ports: Ec2): Vpc {
  ensureDefaultVpc(scope, ports)
  const vpc = listAll(VPC, scope, ports).find(({ isDefault }) => isDefault)
  if (!vpc) throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user')
  return vpc
}
