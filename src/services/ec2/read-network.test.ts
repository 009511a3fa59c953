import { beforeEach, describe, expect, it } from 'vitest'
import { awsZones } from '#core/net/aws-names.ts'
import { parseAddress } from '#core/net/cidr.ts'
import type { Vantage } from '#core/net/network.ts'
import { S3_ADDRESS } from '#core/net/public-addresses.ts'
import { reach } from '#core/net/reach.ts'
import { resolve } from '#core/net/resolve.ts'
import type { DataPlane, Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller } from '#kit/testing/fake-request.ts'
import { ensureDefaultVpc } from './default-vpc.ts'
import { associateDhcpOptions, createDhcpOptions } from './dhcp-options.ts'
import { allocateAddress } from './elastic-addresses.ts'
import { attachInternetGateway, createInternetGateway, detachInternetGateway } from './internet-gateways.ts'
import { NETWORK_ACL, NETWORK_INTERFACE, remove, SECURITY_GROUP } from './kinds.ts'
import { createNatGateway, deleteNatGateway } from './nat-gateways.ts'
import { createEntry } from './network-acl-entries.ts'
import { associateAcl, createNetworkAcl } from './network-acls.ts'
import authorizeIngress from './operations/authorize-security-group-ingress.ts'
import createEndpoint from './operations/create-vpc-endpoint.ts'
import { readEndpointNames } from './read-endpoint-names.ts'
import { readNetwork } from './read-network.ts'
import { associateRouteTable, createRoute, createRouteTable, mainRouteTableOf } from './route-tables.ts'
import { createSecurityGroup, defaultGroupOf } from './security-groups.ts'
import { createSubnet } from './subnets.ts'
import { acceptPeering, createPeering, deletePeering } from './vpc-peerings.ts'
import { createVpc } from './vpcs.ts'

const caller = fakeCaller()
const { region } = caller
let ports: Ports
let client: Extract<Vantage, { kind: 'subnet' }>
let groupId: string
let endpointAddress: string

beforeEach(async () => {
  ports = fakePorts({ dataPlane: { openEntrance: async () => 40_000 } as unknown as DataPlane })
  const vpcId = createVpc(caller, { cidrBlock: '10.0.0.0/16', dnsHostnames: true, tags: [] }, ports).id
  const [own, other] = ['a', 'b'].map((letter, index) =>
    createSubnet(caller, { vpcId, cidrBlock: `10.0.${index}.0/24`, zone: `${region}${letter}`, tags: [] }, ports),
  )
  groupId = createSecurityGroup(caller, { name: 'endpoint', description: 'for it', vpcId, ingress: [], tags: [] }, ports).id
  const clients = createSecurityGroup(caller, { name: 'clients', description: 'of it', vpcId, ingress: [], tags: [] }, ports).id
  await createEndpoint.run(
    {
      VpcId: vpcId,
      VpcEndpointType: 'Interface',
      ServiceName: `com.amazonaws.${region}.execute-api`,
      SubnetIds: [own!.id],
      SecurityGroupIds: [groupId],
      PrivateDnsEnabled: true,
    } as never,
    caller,
    ports,
  )
  createRouteTable(caller, vpcId, [], ports)
  client = { kind: 'subnet', subnetId: other!.id, address: parseAddress('10.0.1.40')!, groupIds: [clients], public: false }
  endpointAddress = ports.records.all(NETWORK_INTERFACE.table)[0]!.value.address
})

const outsideAddress = parseAddress('10.0.9.40')!
const toEndpoint = () => reach(readNetwork(ports, region), client, parseAddress(endpointAddress)!, 443)

describe('the network that the records describe', () => {
  it('has endpoints behind their groups', async () => {
    expect(toEndpoint().because.code).toBe('reach/no-group-ingress')
    const rule = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }
    await authorizeIngress.run({ GroupId: groupId, IpPermissions: [rule] } as never, caller, ports)
    expect(toEndpoint().outcome).toBe('open')
  })

  it('has peered VPCs, of other accounts too', async () => {
    const other = fakeCaller({ account: '222222222222' })
    const own = readNetwork(ports, region).subnets.get(client.subnetId)!.vpcId
    const far = createVpc(other, { cidrBlock: '10.9.0.0/16', tags: [] }, ports).id
    const farSubnet = createSubnet(other, { vpcId: far, cidrBlock: '10.9.0.0/24', tags: [] }, ports).id
    const groupIds = [defaultGroupOf(other, far, ports)!.id]
    const guest: Vantage = { ...client, subnetId: farSubnet, address: parseAddress('10.9.0.9')!, groupIds }
    const code = () => reach(readNetwork(ports, region), guest, parseAddress(endpointAddress)!, 443).because.code
    expect(code()).toBe('reach/no-route')
    const wanted = { vpcId: far, peerVpcId: own, peerAccount: caller.account, tags: [] }
    const { id } = createPeering(other, wanted, ports)
    createRoute(other, mainRouteTableOf(other, far, ports)!.id, '10.0.0.0/16', id, ports)
    expect(code()).toBe('reach/peering-inactive')
    acceptPeering(caller, id, ports)
    expect(code()).toBe('reach/no-way-back')
    createRoute(caller, mainRouteTableOf(caller, own, ports)!.id, '10.9.0.0/16', id, ports)
    expect(code()).toBe('reach/no-group-ingress')
    const pair = { GroupId: groupIds[0], UserId: other.account }
    const rule = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [pair] }
    await authorizeIngress.run({ GroupId: groupId, IpPermissions: [rule] } as never, caller, ports)
    expect(code()).toBe('reach/listens')
    deletePeering(other, id, ports)
    expect(code()).toBe('reach/blackhole')
  })

  it('has NAT gateways, and black holes where a target has gone', () => {
    const vpcId = readNetwork(ports, region).subnets.get(client.subnetId)!.vpcId
    const outside = createSubnet(caller, { vpcId, cidrBlock: '10.0.9.0/24', tags: [] }, ports)
    const open = createRouteTable(caller, vpcId, [], ports)
    associateRouteTable(caller, open.id, outside.id, ports)
    const internet = createInternetGateway(caller, [], ports)
    attachInternetGateway(caller, internet.id, vpcId, ports)
    const elastic = { subnetId: outside.id, allocationId: allocateAddress(caller, [], ports).id, tags: [] }
    const nat = createNatGateway(caller, elastic, ports)
    createRoute(caller, mainRouteTableOf(caller, vpcId, ports)!.id, '0.0.0.0/0', nat.id, ports)
    const code = () => reach(readNetwork(ports, region), client, parseAddress(S3_ADDRESS)!, 443).because.code
    expect(code()).toBe('reach/nat-without-internet')
    createRoute(caller, open.id, '0.0.0.0/0', internet.id, ports)
    expect(code()).toBe('reach/internet')
    const own = parseAddress(nat.interface!.address)!
    expect(reach(readNetwork(ports, region), client, own, 443).outcome).toBe('timeout')
    deleteNatGateway(caller, nat.id, ports)
    expect(code()).toBe('reach/blackhole')
    detachInternetGateway(caller, internet.id, vpcId, ports)
    const vantage: Vantage = { ...client, subnetId: outside.id, address: outsideAddress, public: true }
    expect(reach(readNetwork(ports, region), vantage, parseAddress(S3_ADDRESS)!, 443).because.code).toBe('reach/blackhole')
  })

  it('has ACLs at the edges of subnets', async () => {
    const rule = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }
    await authorizeIngress.run({ GroupId: groupId, IpPermissions: [rule] } as never, caller, ports)
    const vpcId = readNetwork(ports, region).subnets.get(client.subnetId)!.vpcId
    const { id } = createNetworkAcl(caller, vpcId, [], ports)
    associateAcl(caller, client.subnetId, id, ports)
    expect(toEndpoint().because).toMatchObject({ code: 'reach/acl-denied', text: expect.stringContaining('entry *: deny') })
    const all = { CidrBlock: '0.0.0.0/0', RuleAction: 'allow' }
    createEntry(caller, id, { ...all, RuleNumber: 100, Egress: true, Protocol: 6, PortRange: { From: 443, To: 443 } }, ports)
    expect(toEndpoint().because.code).toBe('reach/acl-denied-answers')
    createEntry(caller, id, { ...all, RuleNumber: 100, Protocol: 6, PortRange: { From: 1024, To: 65535 } }, ports)
    expect(toEndpoint().outcome).toBe('open')
    createEntry(caller, id, { ...all, RuleNumber: 50, Egress: true, Protocol: -1, RuleAction: 'deny' }, ports)
    expect(toEndpoint().because.text).toContain('entry 50: deny all traffic')
  })

  it('has default ACLs for VPCs whose records have none', () => {
    const [acl] = ports.records.all(NETWORK_ACL.table)
    remove(NETWORK_ACL, caller, acl!.key, ports)
    expect(readNetwork(ports, region).networkAcls.get(acl!.key)?.entries).toHaveLength(2)
  })

  it('has the names of its endpoints', () => {
    const endpoints = readEndpointNames(ports, region)
    const zones = awsZones({ region, apis: [], endpoints, services: ['s3'] })
    const { records } = resolve({ ...readNetwork(ports, region), zones }, client, `any.execute-api.${region}.amazonaws.com`, 'A')
    expect(records.map(({ value }) => value)).toEqual([endpointAddress])
  })

  it('has VPCs whose names are looked up elsewhere', () => {
    const vpcId = readNetwork(ports, region).subnets.get(client.subnetId)!.vpcId
    const servers = (...values: string[]) => createDhcpOptions(caller, [{ name: 'domain-name-servers', values }], [], ports).id
    const outcomeWith = (id: string) => {
      associateDhcpOptions(caller, id, vpcId, ports)
      return resolve({ ...readNetwork(ports, region), zones: [] }, client, 'example.com', 'A').because.code
    }
    const none = createDhcpOptions(caller, [{ name: 'domain-name', values: ['corp.example'] }], [], ports).id
    for (const id of [servers('192.168.0.10', 'AmazonProvidedDNS'), none, 'default'])
      expect(outcomeWith(id)).toBe('resolve/other-resolver')
    for (const id of [servers('AmazonProvidedDNS', '192.168.0.10'), servers('10.0.0.2'), servers('169.254.169.253')])
      expect(outcomeWith(id)).toBe('resolve/no-zone')
  })

  it('has the default VPC of an account, whose subnets lead to the internet', () => {
    ensureDefaultVpc(caller, ports)
    const network = readNetwork(ports, region)
    const [subnet] = [...network.subnets.values()].filter(({ cidr }) => cidr.base >= parseAddress('172.31.0.0')!)
    const group = ports.records.all(SECURITY_GROUP.table).find(({ value }) => value.vpcId === subnet!.vpcId)!.value
    const vantage: Vantage = {
      kind: 'subnet',
      subnetId: subnet!.id,
      address: subnet!.cidr.base + 40,
      groupIds: [group.id],
      public: true,
    }
    expect(reach(network, vantage, parseAddress(S3_ADDRESS)!, 443).because.code).toBe('reach/internet')
  })

  it('is of one region', () => {
    expect(readNetwork(ports, 'eu-west-1').vpcs.size).toBe(0)
  })
})
