import { beforeEach, describe, expect, test } from 'vitest'
import type { Entrance } from '#core/gateway/entrance.ts'
import { AT } from '#core/template/position.ts'
import type { DataPlane, Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller, fakeRequest } from '#kit/testing/fake-request.ts'
import createEndpoint from './operations/create-vpc-endpoint.ts'
import deleteEndpoints from './operations/delete-vpc-endpoints.ts'
import describeInterfaces from './operations/describe-network-interfaces.ts'
import describeRouteTables from './operations/describe-route-tables.ts'
import describeEndpoints from './operations/describe-vpc-endpoints.ts'
import modifyEndpoint from './operations/modify-vpc-endpoint.ts'
import { reopenEntrances } from './reopen-entrances.ts'
import endpointResource from './resources/vpc-endpoint.ts'
import { createRouteTable } from './route-tables.ts'
import { createSecurityGroup, deleteSecurityGroup } from './security-groups.ts'
import { createSubnet, deleteSubnet } from './subnets.ts'
import { changeVpc, createVpc } from './vpcs.ts'

const caller = fakeCaller()
const SERVICE = 'com.amazonaws.eu-central-1.execute-api'
let ports: Ports
let doors: Map<string, Entrance>
let VpcId: string
let SubnetIds: string[]

/** A data plane that knows which entrances are open, on ports it counts up. */
function doorkeeper(): Pick<DataPlane, 'openEntrance' | 'changeEntrance' | 'closeEntrance'> {
  let last = 40_000
  return {
    async openEntrance(entrance) {
      last += 1
      const port = entrance.port ?? last
      doors.set(entrance.endpointId, { ...entrance, port })
      return port
    },
    changeEntrance: (entrance) => void doors.set(entrance.endpointId, entrance),
    async closeEntrance(endpointId) {
      doors.delete(endpointId)
    },
  }
}

beforeEach(() => {
  doors = new Map()
  ports = fakePorts({ dataPlane: doorkeeper() as DataPlane })
  VpcId = createVpc(caller, { cidrBlock: '10.0.0.0/16', dnsHostnames: true, tags: [] }, ports).id
  SubnetIds = ['b', 'a'].map(
    (letter, index) =>
      createSubnet(caller, { vpcId: VpcId, cidrBlock: `10.0.${index}.0/24`, zone: `eu-central-1${letter}`, tags: [] }, ports).id,
  )
})

const properties = (more = {}) => ({ VpcId, ServiceName: SERVICE, VpcEndpointType: 'Interface' as const, SubnetIds, ...more })
const made = async (more = {}) => {
  const request = fakeRequest(properties(more))
  return { ...request, ...(await endpointResource.create(request, ports)) }
}
const shown = async (id: string) => {
  const { VpcEndpoints } = await describeEndpoints.run({ VpcEndpointIds: [id] }, caller, ports)
  return VpcEndpoints?.[0]
}

describe('an interface endpoint', () => {
  test('has an interface in each subnet, and is open on a port that its tags name', async () => {
    const { ref, attributes } = await made()
    expect(ref).toMatch(/^vpce-0[0-9a-f]{16}$/)
    const { NetworkInterfaces } = await describeInterfaces.run({}, caller, ports)
    expect(NetworkInterfaces?.map((one) => one.PrivateIpAddress).sort()).toEqual(['10.0.0.4', '10.0.1.4'])
    expect(attributes['NetworkInterfaceIds']).toHaveLength(2)
    expect(doors.get(ref)).toMatchObject({
      endpointId: ref,
      account: '111111111111',
      region: 'eu-central-1',
      vpcId: VpcId,
      serviceName: SERVICE,
      privateDnsEnabled: false,
      addresses: ['10.0.0.4', '10.0.1.4'],
    })
    expect(await shown(ref)).toMatchObject({
      State: 'available',
      SubnetIds,
      Groups: [{ GroupName: 'default' }],
      Tags: expect.arrayContaining([{ Key: 'postern:url', Value: `http://127.0.0.1:${doors.get(ref)?.port}` }]),
    })
  })

  test('without a policy shows the one that allows everything, which has no version', async () => {
    const policy = JSON.parse((await shown((await made()).ref))?.PolicyDocument ?? '')
    expect(policy).toEqual({ Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }] })
  })

  test('has its names in the order of AWS: regional, zonal, apex, wildcard', async () => {
    const { ref, attributes } = await made({ PrivateDnsEnabled: true })
    const entries = attributes['DnsEntries'] as string[]
    const names = entries.map((entry) => entry.split(':')[1])
    const [regional = ''] = names
    expect(regional).toMatch(new RegExp(`^${ref}-[a-z0-9]{8}\\.execute-api\\.eu-central-1\\.vpce\\.amazonaws\\.com$`))
    const zonal = (letter: string) => regional.replace('.execute-api', `-eu-central-1${letter}.execute-api`)
    expect(names).toEqual([
      regional,
      zonal('b'),
      zonal('a'),
      'execute-api.eu-central-1.amazonaws.com',
      '*.execute-api.eu-central-1.amazonaws.com',
    ])
    // One zone for the region's names, and one for each private name.
    expect(new Set(entries.map((entry) => entry.split(':')[0])).size).toBe(3)
    expect(doors.get(ref)?.dnsNames).toEqual(names)
  })

  test('says when it was made in the words of Fn::GetAtt', async () => {
    expect((await made()).attributes['CreationTimestamp']).toBe('Thu Jan 01 00:00:00 UTC 2026')
  })

  test("keeps where its policy was written, for the gateway's reasons", async () => {
    const at = { self: { line: 7, column: 9 }, members: {} }
    const statement = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }
    const written = { ...properties(), PolicyDocument: { Statement: [{ ...statement, [AT]: at }] } }
    const state = await endpointResource.create(fakeRequest(properties(), { written }), ports)
    expect(doors.get(state.ref)?.policy).toEqual({
      document: { Statement: [statement] },
      sources: { '/Statement/0': { line: 7, column: 9 } },
      stack: 'story',
    })
  })
})

test.each([
  [
    'without a type',
    { VpcEndpointType: undefined, SubnetIds: [] },
    'InvalidParameter',
    'Endpoint type (Gateway) does not match available service types ([Interface]).',
  ],
  [
    'for no service',
    { ServiceName: 'com.amazonaws.eu-central-1.nothing' },
    'InvalidServiceName',
    "The Vpc Endpoint Service 'com.amazonaws.eu-central-1.nothing' does not exist",
  ],
  ['for another region', { ServiceName: 'com.amazonaws.us-east-1.execute-api' }, 'InvalidServiceName', 'does not exist'],
  ['in no VPC', { VpcId: 'vpc-1' }, 'InvalidVpcID.NotFound', "The vpc ID 'vpc-1' does not exist"],
  ['in no subnet', { SubnetIds: ['subnet-1'] }, 'InvalidSubnetID.NotFound', "The subnet ID 'subnet-1' does not exist"],
  ['with no group', { SecurityGroupIds: ['sg-1'] }, 'InvalidGroup.NotFound', "The security group 'sg-1' does not exist"],
  [
    'with route tables',
    { RouteTableIds: ['rtb-1'] },
    'InvalidParameter',
    'Route table IDs are only supported for Gateway type VPC Endpoint.',
  ],
  [
    'with a policy for nobody',
    { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
    'InvalidPolicyDocument',
    'Principal',
  ],
  ['with broken JSON', { PolicyDocument: '{' }, 'InvalidPolicyDocument', 'not valid JSON'],
])('an endpoint %s is refused, and leaves nothing', async (_name, more, code, message) => {
  await expect(made(more)).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
  expect([doors.size, (await describeInterfaces.run({}, caller, ports)).NetworkInterfaces]).toEqual([0, []])
})

test('two subnets of one zone are one too many', async () => {
  const { id } = createSubnet(caller, { vpcId: VpcId, cidrBlock: '10.0.9.0/24', zone: 'eu-central-1b', tags: [] }, ports)
  await expect(made({ SubnetIds: [...SubnetIds, id] })).rejects.toMatchObject({
    code: 'DuplicateSubnetsInSameZone',
    message: `Found another VPC endpoint subnet in the availability zone of ${SubnetIds[0]}`,
  })
})

test('a group or a subnet of another VPC belongs to another network', async () => {
  const vpcId = createVpc(caller, { cidrBlock: '10.0.0.0/16', tags: [] }, ports).id
  const subnet = createSubnet(caller, { vpcId, cidrBlock: '10.0.0.0/24', tags: [] }, ports)
  const group = createSecurityGroup(caller, { vpcId, name: 'g', description: 'g', ingress: [], tags: [] }, ports)
  for (const more of [{ SubnetIds: [subnet.id] }, { SecurityGroupIds: [group.id] }])
    await expect(made(more)).rejects.toThrow('You have specified two resources that belong to different networks.')
})

describe('private DNS', () => {
  test('needs both attributes of the VPC', async () => {
    changeVpc(caller, VpcId, { dnsHostnames: false }, ports)
    await expect(made({ PrivateDnsEnabled: true })).rejects.toThrow(
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${VpcId}`,
    )
  })

  test('can be had once for a service in a VPC, on creation as on change', async () => {
    await made({ PrivateDnsEnabled: true })
    const text = `private-dns-enabled cannot be set because there is already a conflicting DNS domain for *.execute-api.eu-central-1.amazonaws.com in the VPC ${VpcId}`
    await expect(made({ PrivateDnsEnabled: true })).rejects.toThrow(text)
    const { ref: VpcEndpointId } = await made()
    expect(() => modifyEndpoint.run({ VpcEndpointId, PrivateDnsEnabled: true }, caller, ports)).toThrow(text)
  })

  test('is on by default for a call, off for a template', async () => {
    const { VpcEndpoint } = await createEndpoint.run(properties(), caller, ports)
    expect([VpcEndpoint?.PrivateDnsEnabled, (await shown((await made()).ref))?.PrivateDnsEnabled]).toEqual([true, false])
  })
})

describe('a change', () => {
  test('of the policy reaches the gateway, and can be taken back', async () => {
    const { ref: VpcEndpointId } = await made()
    const document = { Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }] }
    await modifyEndpoint.run({ VpcEndpointId, PolicyDocument: JSON.stringify(document) }, caller, ports)
    expect(doors.get(VpcEndpointId)?.policy?.document).toEqual(document)
    await modifyEndpoint.run({ VpcEndpointId, ResetPolicy: true }, caller, ports)
    expect(doors.get(VpcEndpointId)?.policy).toBeUndefined()
  })

  test('of the subnets keeps the address of those that stay', async () => {
    const before = await made()
    const { id } = createSubnet(caller, { vpcId: VpcId, cidrBlock: '10.0.9.0/24', zone: 'eu-central-1c', tags: [] }, ports)
    const changed = fakeRequest(properties({ SubnetIds: [SubnetIds[1], id] }))
    await endpointResource.update?.(changed, before, ports)
    expect(doors.get(before.ref)?.addresses).toEqual(['10.0.1.4', '10.0.9.4'])
    deleteSubnet(caller, SubnetIds[0] ?? '', ports)
  })
})

test('what the endpoint stands on cannot go before it', async () => {
  const group = createSecurityGroup(caller, { vpcId: VpcId, name: 'g', description: 'g', ingress: [], tags: [] }, ports)
  const given = await made({ SecurityGroupIds: [group.id] })
  expect(() => deleteSubnet(caller, SubnetIds[0] ?? '', ports)).toThrow('has dependencies and cannot be deleted')
  expect(() => deleteSecurityGroup(caller, group.id, ports)).toThrow('has a dependent object')
  await endpointResource.delete(given, ports)
  await endpointResource.delete(given, ports)
  deleteSecurityGroup(caller, group.id, ports)
  expect(doors.size).toBe(0)
})

test('an endpoint whose port cannot be opened was never there', async () => {
  const closed = {
    ...ports,
    dataPlane: { openEntrance: async () => Promise.reject(new Error('no port')) } as unknown as DataPlane,
  }
  await expect(endpointResource.create(fakeRequest(properties()), closed)).rejects.toThrow('no port')
  expect((await describeEndpoints.run({}, caller, ports)).VpcEndpoints).toEqual([])
  expect((await describeInterfaces.run({}, caller, ports)).NetworkInterfaces).toEqual([])
})

test('a full subnet takes no more endpoints, and the others are left as they were', async () => {
  const { id } = createSubnet(caller, { vpcId: VpcId, cidrBlock: '10.0.9.0/28', zone: 'eu-central-1c', tags: [] }, ports)
  for (let count = 0; count < 11; count += 1) await made({ SubnetIds: [id] })
  await expect(made({ SubnetIds: [SubnetIds[0], id] })).rejects.toMatchObject({ code: 'InsufficientFreeAddressesInSubnet' })
  expect((await describeInterfaces.run({}, caller, ports)).NetworkInterfaces).toHaveLength(11)
})

test('two endpoints that are made together share no address', async () => {
  await Promise.all([made(), made(), made()])
  const { NetworkInterfaces = [] } = await describeInterfaces.run({}, caller, ports)
  expect(new Set(NetworkInterfaces.map((one) => one.PrivateIpAddress)).size).toBe(6)
})

test('after a start every endpoint is open again on its port, or says which one it has now', async () => {
  const endpoints = [await made(), await made()]
  const before = endpoints.map(({ ref }) => doors.get(ref)?.port)
  doors.clear()
  await reopenEntrances(ports)
  expect(endpoints.map(({ ref }) => doors.get(ref)?.port)).toEqual(before)
  await reopenEntrances({ ...ports, dataPlane: { openEntrance: async () => 50_000 } as unknown as DataPlane })
  expect((await shown(endpoints[0]?.ref ?? ''))?.Tags).toContainEqual({ Key: 'postern:url', Value: 'http://127.0.0.1:50000' })
})

test('a gateway endpoint is a route in the tables that name it, and opens nothing', async () => {
  const { id } = createRouteTable(caller, VpcId, [], ports)
  const gateway = { VpcEndpointType: 'Gateway', ServiceName: 'com.amazonaws.eu-central-1.s3', SubnetIds: [], RouteTableIds: [id] }
  const { ref } = await made(gateway)
  const routes = async () => (await describeRouteTables.run({ RouteTableIds: [id] }, caller, ports)).RouteTables?.[0]?.Routes
  expect((await routes())?.[1]).toMatchObject({ GatewayId: ref, DestinationPrefixListId: expect.stringMatching(/^pl-/) })
  expect([doors.size, (await shown(ref))?.DnsEntries]).toEqual([0, []])
  await deleteEndpoints.run({ VpcEndpointIds: [ref] }, caller, ports)
  expect(await routes()).toHaveLength(1)
})

test('deleting says which endpoints it could not find', async () => {
  const { ref } = await made()
  const { Unsuccessful } = await deleteEndpoints.run({ VpcEndpointIds: ['vpce-1', ref] }, caller, ports)
  expect(Unsuccessful).toEqual([
    {
      ResourceId: 'vpce-1',
      Error: { Code: 'InvalidVpcEndpointId.NotFound', Message: "The Vpc Endpoint Id 'vpce-1' does not exist" },
    },
  ])
  expect(doors.size).toBe(0)
})
