import { beforeEach, describe, expect, test } from 'vitest'
import type { Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller, fakeRequest } from '#kit/testing/fake-request.ts'
import { defaultVpcOf } from './default-vpc.ts'
import {
  attachInternetGateway,
  createInternetGateway,
  deleteInternetGateway,
  detachInternetGateway,
} from './internet-gateways.ts'
import describeRouteTables from './operations/describe-route-tables.ts'
import describeGroups from './operations/describe-security-groups.ts'
import describeSubnets from './operations/describe-subnets.ts'
import describeAttribute from './operations/describe-vpc-attribute.ts'
import describeVpcs from './operations/describe-vpcs.ts'
import type { Vpc } from './records.ts'
import vpcResource from './resources/vpc.ts'
import { associateRouteTable, createRoute, createRouteTable, deleteRouteTable } from './route-tables.ts'
import { createSubnet, deleteSubnet } from './subnets.ts'
import { createVpc, deleteVpc } from './vpcs.ts'

const caller = fakeCaller()
let ports: Ports
let vpc: Vpc

beforeEach(() => {
  ports = fakePorts()
  vpc = createVpc(caller, { cidrBlock: '10.0.0.0/16', tags: [] }, ports)
})

const subnet = (cidrBlock: string | undefined, more = {}) =>
  createSubnet(caller, { vpcId: vpc.id, cidrBlock, tags: [], ...more }, ports)
const filter = () => ({ Filters: [{ Name: 'vpc-id', Values: [vpc.id] }] })

describe('a VPC', () => {
  test('is born with a main route table and a default group', async () => {
    const { RouteTables = [] } = await describeRouteTables.run(filter(), caller, ports)
    expect(RouteTables.map(({ Associations, Routes }) => [Associations?.map(({ Main }) => Main), Routes])).toEqual([
      [[true], [{ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' }]],
    ])
    const { SecurityGroups = [] } = await describeGroups.run(filter(), caller, ports)
    expect(SecurityGroups).toMatchObject([
      {
        GroupName: 'default',
        Description: 'default VPC security group',
        IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: SecurityGroups[0]?.GroupId }] }],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ])
  })

  test.each([
    ['10.0.0.0/15', 'InvalidVpc.Range', "The CIDR '10.0.0.0/15' is invalid."],
    ['10.0.0.0/29', 'InvalidVpc.Range', "The CIDR '10.0.0.0/29' is invalid."],
    ['10.0.0.0', 'InvalidParameterValue', 'Value (10.0.0.0) for parameter cidrBlock is invalid. This is not a valid CIDR block.'],
  ])('of %s is refused', (cidrBlock, code, message) => {
    expect(() => createVpc(caller, { cidrBlock, tags: [] }, ports)).toThrow(expect.objectContaining({ code, message }))
  })

  test('takes its block in canonical form', () => {
    expect(createVpc(caller, { cidrBlock: '100.68.0.18/18', tags: [] }, ports).cidrBlock).toBe('100.68.0.0/18')
  })

  test.each([
    ['a subnet', () => void subnet('10.0.0.0/24')],
    ['a route table', () => void createRouteTable(caller, vpc.id, [], ports)],
    [
      'a gateway',
      () => {
        const gateway = createInternetGateway(caller, [], ports)
        attachInternetGateway(caller, gateway.id, vpc.id, ports)
      },
    ],
  ])('stays while it has %s', (_name, add) => {
    add()
    expect(() => deleteVpc(caller, vpc.id, ports)).toThrow(
      expect.objectContaining({
        code: 'DependencyViolation',
        message: `The vpc '${vpc.id}' has dependencies and cannot be deleted.`,
      }),
    )
  })

  test('goes with what it was born with', async () => {
    deleteVpc(caller, vpc.id, ports)
    expect((await describeRouteTables.run(filter(), caller, ports)).RouteTables).toEqual([])
    expect(() => describeVpcs.run({ VpcIds: [vpc.id] }, caller, ports)).toThrow(
      expect.objectContaining({ code: 'InvalidVpcID.NotFound', message: `The vpc ID '${vpc.id}' does not exist` }),
    )
  })

  test('of a stack answers its attributes, and takes changes of its names', async () => {
    const request = fakeRequest({ CidrBlock: '10.9.0.0/16', Tags: [{ Key: 'Name', Value: 'main' }] })
    const state = await vpcResource.create(request, ports)
    expect(state.attributes).toMatchObject({
      VpcId: state.ref,
      CidrBlock: '10.9.0.0/16',
      DefaultSecurityGroup: expect.stringMatching(/^sg-0[0-9a-f]{16}$/),
      DefaultNetworkAcl: expect.stringMatching(/^acl-/),
    })
    const changed = fakeRequest({ ...request.properties, EnableDnsHostnames: true })
    await vpcResource.update?.(changed, { ...state, properties: request.properties }, ports)
    const attribute = await describeAttribute.run({ VpcId: state.ref, Attribute: 'enableDnsHostnames' }, caller, ports)
    expect(attribute.EnableDnsHostnames).toEqual({ Value: true })
    const { Vpcs } = await describeVpcs.run({ Filters: [{ Name: 'tag:Name', Values: ['main'] }] }, caller, ports)
    expect(Vpcs?.map(({ VpcId, Tags }) => [VpcId, Tags?.length])).toEqual([[state.ref, 4]])
    await vpcResource.delete({ ...changed, ...state }, ports)
    await vpcResource.delete({ ...changed, ...state }, ports)
  })
})

describe('a subnet', () => {
  test.each([
    ['10.1.0.0/24', {}, 'InvalidSubnet.Range'],
    ['10.0.0.0/29', {}, 'InvalidSubnet.Range'],
    ['10.0.0.0/15', {}, 'InvalidSubnet.Range'],
    ['ten', {}, 'InvalidParameterValue'],
    [undefined, {}, 'MissingParameter'],
    ['10.0.0.0/24', { zone: 'eu-central-1z' }, 'InvalidParameterValue'],
    ['10.0.0.0/24', { zone: 'us-east-1a' }, 'InvalidParameterValue'],
    ['10.0.0.0/24', { zoneId: 'euc1-az9' }, 'InvalidParameterValue'],
    ['10.0.0.0/24', { vpcId: 'vpc-1' }, 'InvalidVpcID.NotFound'],
  ])('of %s with %j is refused: %s', (cidrBlock, more, code) => {
    expect(() => subnet(cidrBlock, more)).toThrow(expect.objectContaining({ code }))
  })

  test.each(['10.0.1.0/24', '10.0.1.128/25', '10.0.0.0/16'])('does not overlap another: %s', (cidrBlock) => {
    subnet('10.0.1.0/24')
    expect(() => subnet(cidrBlock)).toThrow(`The CIDR '${cidrBlock}' conflicts with another subnet`)
  })

  test('shows its zone and how many addresses are free', async () => {
    subnet('10.0.1.0/24', { zoneId: 'euc1-az2' })
    const { Subnets } = await describeSubnets.run(filter(), caller, ports)
    expect(Subnets).toMatchObject([
      { AvailabilityZone: 'eu-central-1b', AvailabilityZoneId: 'euc1-az2', AvailableIpAddressCount: 251, State: 'available' },
    ])
  })
})

describe('a route table', () => {
  test('takes a subnet only once, and goes only without it', () => {
    const { id } = createRouteTable(caller, vpc.id, [], ports)
    const { id: subnetId } = subnet('10.0.1.0/24')
    associateRouteTable(caller, id, subnetId, ports)
    expect(() => associateRouteTable(caller, createRouteTable(caller, vpc.id, [], ports).id, subnetId, ports)).toThrow(
      expect.objectContaining({ code: 'Resource.AlreadyAssociated' }),
    )
    expect(() => deleteRouteTable(caller, id, ports)).toThrow(`The routeTable '${id}' has dependencies and cannot be deleted.`)
    deleteSubnet(caller, subnetId, ports)
    deleteRouteTable(caller, id, ports)
  })

  test('leads out through an attached gateway; detached, the route is a black hole', async () => {
    const { id } = createRouteTable(caller, vpc.id, [], ports)
    const gateway = createInternetGateway(caller, [], ports)
    expect(() => createRoute(caller, id, '0.0.0.0/0', gateway.id, ports)).toThrow('belong to different networks')
    attachInternetGateway(caller, gateway.id, vpc.id, ports)
    createRoute(caller, id, '0.0.0.0/0', gateway.id, ports)
    expect(() => createRoute(caller, id, '0.0.0.0/0', gateway.id, ports)).toThrow(
      'The route identified by 0.0.0.0/0 already exists.',
    )
    expect(() => deleteInternetGateway(caller, gateway.id, ports)).toThrow('has dependencies and cannot be deleted')
    detachInternetGateway(caller, gateway.id, vpc.id, ports)
    const { RouteTables } = await describeRouteTables.run({ RouteTableIds: [id] }, caller, ports)
    expect(RouteTables?.[0]?.Routes?.map(({ State }) => State)).toEqual(['active', 'blackhole'])
    deleteInternetGateway(caller, gateway.id, ports)
  })
})

test('an account has a default VPC in each region, made once, with a public subnet in each zone', async () => {
  const { id } = defaultVpcOf(caller, ports)
  expect(defaultVpcOf(caller, ports).id).toBe(id)
  const { Subnets } = await describeSubnets.run({ Filters: [{ Name: 'default-for-az', Values: ['true'] }] }, caller, ports)
  expect(Subnets?.map(({ CidrBlock, AvailabilityZone }) => `${AvailabilityZone} ${CidrBlock}`).sort()).toEqual([
    'eu-central-1a 172.31.0.0/20',
    'eu-central-1b 172.31.16.0/20',
    'eu-central-1c 172.31.32.0/20',
  ])
  expect((await describeVpcs.run({}, fakeCaller({ account: '222222222222' }), ports)).Vpcs).toMatchObject([{ IsDefault: true }])
})
