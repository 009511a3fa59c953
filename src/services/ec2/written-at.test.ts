import { expect, test } from 'vitest'
import { parseAddress } from '#core/net/cidr.ts'
import type { Vantage } from '#core/net/network.ts'
import { reach } from '#core/net/reach.ts'
import { AT, type Position } from '#core/template/position.ts'
import type { ValueMap } from '#core/template/value.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller, fakeRequest } from '#kit/testing/fake-request.ts'
import { attachInternetGateway, createInternetGateway } from './internet-gateways.ts'
import { find, SECURITY_GROUP } from './kinds.ts'
import { associateAcl, createNetworkAcl } from './network-acls.ts'
import { readNetwork } from './read-network.ts'
import entryResource from './resources/network-acl-entry.ts'
import routeResource from './resources/route.ts'
import groupResource from './resources/security-group.ts'
import standaloneResource from './resources/security-group-egress.ts'
import { mainRouteTableOf } from './route-tables.ts'
import { createSubnet } from './subnets.ts'
import { createVpc } from './vpcs.ts'

const caller = fakeCaller()
const from = (line: number): Position => ({ file: 'net.yaml', line, column: 7 })
const positioned = <T extends object>(node: T, line: number): T =>
  Object.assign(node, { [AT]: { self: from(line), members: {} } })

/** A resource whose properties begin on this line of `net.yaml`. */
function written<Properties extends object>(properties: Properties, line: number, logicalId: string) {
  return fakeRequest(properties, { logicalId, written: positioned({ ...properties }, line) as ValueMap })
}

const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }

test('what lets a connection pass, or ends it, is shown with its line in the template', async () => {
  const ports = fakePorts()
  const vpcId = createVpc(caller, { cidrBlock: '10.0.0.0/16', tags: [] }, ports).id
  const subnet = createSubnet(caller, { vpcId, cidrBlock: '10.0.0.0/24', tags: [] }, ports)
  const gateway = createInternetGateway(caller, [], ports).id
  attachInternetGateway(caller, gateway, vpcId, ports)
  const acl = createNetworkAcl(caller, vpcId, [], ports).id
  associateAcl(caller, subnet.id, acl, ports)
  const SecurityGroupEgress = [positioned({ ...https }, 12)]
  const group = await groupResource.create(
    written({ GroupDescription: 'c', VpcId: vpcId, SecurityGroupEgress }, 10, 'Group'),
    ports,
  )
  const RouteTableId = mainRouteTableOf(caller, vpcId, ports)?.id ?? ''
  const route = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway }
  await routeResource.create(written(route, 20, 'ToInternet'), ports)
  const entry = { NetworkAclId: acl, RuleNumber: 1, Egress: true, Protocol: -1, RuleAction: 'deny', CidrBlock: '0.0.0.0/0' }
  await entryResource.create(written(entry, 30, 'Closed'), ports)
  const vantage: Vantage = {
    kind: 'subnet',
    subnetId: subnet.id,
    address: parseAddress('10.0.0.9') ?? 0,
    groupIds: [group.ref],
    public: true,
  }
  const { because, passed } = reach(readNetwork(ports, caller.region), vantage, parseAddress('198.51.100.4') ?? 0, 443)
  expect([...passed, because].flatMap(({ evidence = [] }) => evidence.map(({ source }) => source))).toEqual([
    { ...from(12), path: 'Resources.Group.Properties.SecurityGroupEgress[0]', stack: 'story' },
    { ...from(20), path: 'Resources.ToInternet.Properties', stack: 'story' },
    { ...from(30), path: 'Resources.Closed.Properties', stack: 'story' },
  ])
})

test('a rule that moves in its template is found where it stands by then', async () => {
  const ports = fakePorts()
  const VpcId = createVpc(caller, { cidrBlock: '10.0.0.0/16', tags: [] }, ports).id
  const at = (line: number, more: object[] = []) =>
    written(
      { GroupDescription: 'c', VpcId, SecurityGroupEgress: [...more, positioned({ ...https }, line)] as [typeof https] },
      1,
      'G',
    )
  const before = at(12)
  const group = await groupResource.create(before, ports)
  const alone = written({ ...https, GroupId: group.ref, FromPort: 80, ToPort: 80 }, 40, 'Alone')
  await standaloneResource.create(alone, ports)
  const after = at(19, [positioned({ ...https, FromPort: 25, ToPort: 25 }, 12)])
  await groupResource.update?.(after, { ...group, properties: before.properties }, ports)
  const { rules } = find(SECURITY_GROUP, caller, group.ref, ports)
  expect(rules.map(({ fromPort, source }) => [fromPort, source?.line, source?.path])).toEqual([
    [443, 19, 'Resources.G.Properties.SecurityGroupEgress[1]'],
    [80, 40, 'Resources.Alone.Properties'],
    [25, 12, 'Resources.G.Properties.SecurityGroupEgress[0]'],
  ])
})

test('what the API makes has no line', async () => {
  const ports = fakePorts()
  const VpcId = createVpc(caller, { cidrBlock: '10.0.0.0/16', tags: [] }, ports).id
  const group = await groupResource.create(fakeRequest({ GroupDescription: 'c', VpcId, SecurityGroupEgress: [https] }), ports)
  expect(find(SECURITY_GROUP, caller, group.ref, ports).rules[0]).not.toHaveProperty('source')
})
