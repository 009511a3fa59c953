import { beforeEach, describe, expect, test } from 'vitest'
import type { Ports } from '#kit/ports.ts'
import { type FakeClock, fakeClock } from '#kit/testing/fake-clock.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller, fakeRequest } from '#kit/testing/fake-request.ts'
import {
  attachInternetGateway,
  createInternetGateway,
  deleteInternetGateway,
  detachInternetGateway,
} from './internet-gateways.ts'
import allocate from './operations/allocate-address.ts'
import create from './operations/create-nat-gateway.ts'
import createRoute from './operations/create-route.ts'
import deleteNat from './operations/delete-nat-gateway.ts'
import describeAddresses from './operations/describe-addresses.ts'
import describeNats from './operations/describe-nat-gateways.ts'
import describeInterfaces from './operations/describe-network-interfaces.ts'
import describeRouteTables from './operations/describe-route-tables.ts'
import release from './operations/release-address.ts'
import type { Subnet, Vpc } from './records.ts'
import eipResource from './resources/eip.ts'
import natResource from './resources/nat-gateway.ts'
import { mainRouteTableOf } from './route-tables.ts'
import { createSubnet, deleteSubnet } from './subnets.ts'
import { createVpc } from './vpcs.ts'

const caller = fakeCaller()
let clock: FakeClock
let ports: Ports
let vpc: Vpc
let subnet: Subnet
let gatewayId: string

beforeEach(() => {
  clock = fakeClock()
  ports = fakePorts({ clock })
  vpc = createVpc(caller, { cidrBlock: '10.0.0.0/16', tags: [] }, ports)
  subnet = createSubnet(caller, { vpcId: vpc.id, cidrBlock: '10.0.0.0/28', tags: [] }, ports)
  gatewayId = createInternetGateway(caller, [], ports).id
  attachInternetGateway(caller, gatewayId, vpc.id, ports)
})

const address = async (who = caller) => (await allocate.run({}, who, ports)).AllocationId ?? ''
const made = async (input: object) => (await create.run({ SubnetId: subnet.id, ...input }, caller, ports)).NatGateway
const publicNat = async () => (await made({ AllocationId: await address() }))?.NatGatewayId ?? ''
const seen = async (id: string) => (await describeNats.run({ NatGatewayIds: [id] }, caller, ports)).NatGateways?.[0]

describe('an elastic address', () => {
  test('is given out once, to whomever, until it is released', async () => {
    const first = await allocate.run({}, caller, ports)
    expect(first).toMatchObject({ PublicIp: '192.0.2.4', Domain: 'vpc', PublicIpv4Pool: 'amazon' })
    await address(fakeCaller({ account: '222222222222', region: 'us-east-1' }))
    expect((await describeAddresses.run({ AllocationIds: [await address()] }, caller, ports)).Addresses).toMatchObject([
      { PublicIp: '192.0.2.6' },
    ])
    await release.run({ PublicIp: first.PublicIp }, caller, ports)
    expect((await allocate.run({}, caller, ports)).PublicIp).toBe(first.PublicIp)
  })

  test('runs out', async () => {
    for (let count = 0; count < 251; count += 1) await address()
    await expect(address()).rejects.toThrow(expect.objectContaining({ code: 'AddressLimitExceeded' }))
  })

  test.each([
    [{ AllocationId: 'eipalloc-1' }, 'InvalidAllocationID.NotFound'],
    [{ PublicIp: '192.0.2.99' }, 'InvalidAddress.NotFound'],
    [{}, 'MissingParameter'],
  ])('that is not there cannot be released: %j', (input, code) => {
    expect(() => release.run(input, caller, ports)).toThrow(expect.objectContaining({ code }))
  })

  test('of one’s own choice is refused', () => {
    expect(() => allocate.run({ Address: '192.0.2.7' }, caller, ports)).toThrow(
      expect.objectContaining({ code: 'UnsupportedOperation' }),
    )
  })
})

describe('a NAT gateway', () => {
  test('has an interface in its subnet and an elastic address, and is available at the next look', async () => {
    const AllocationId = await address()
    const answer = await made({ AllocationId })
    expect(answer?.State).toBe('pending')
    const nat = await seen(answer?.NatGatewayId ?? '')
    const shared = { PublicIp: '192.0.2.4', AllocationId }
    expect(nat).toMatchObject({
      State: 'available',
      ConnectivityType: 'public',
      VpcId: vpc.id,
      NatGatewayAddresses: [{ ...shared, PrivateIp: '10.0.0.4', Status: 'succeeded' }],
    })
    const filter = { Filters: [{ Name: 'interface-type', Values: ['nat_gateway'] }] }
    const { NetworkInterfaces } = await describeInterfaces.run(filter, caller, ports)
    expect(NetworkInterfaces).toMatchObject([
      { Description: `Interface for NAT Gateway ${nat?.NatGatewayId}`, Groups: [], Association: shared, SourceDestCheck: false },
    ])
    const { Addresses } = await describeAddresses.run({}, caller, ports)
    expect(Addresses).toMatchObject([{ ...shared, PrivateIpAddress: '10.0.0.4', NetworkInterfaceId: expect.any(String) }])
  })

  test('holds its address, its subnet and its way to the internet until it is deleted', async () => {
    const AllocationId = await address()
    const id = (await made({ AllocationId }))?.NatGatewayId ?? ''
    expect(() => release.run({ AllocationId }, caller, ports)).toThrow(
      'You do not have permission to access the specified resource.',
    )
    expect(() => deleteSubnet(caller, subnet.id, ports)).toThrow('has dependencies and cannot be deleted')
    expect(() => detachInternetGateway(caller, gatewayId, vpc.id, ports)).toThrow(
      `Network ${vpc.id} has some mapped public address(es)`,
    )
    await deleteNat.run({ NatGatewayId: id }, caller, ports)
    expect(await seen(id)).toMatchObject({ State: 'deleted', DeleteTime: new Date(clock.now()) })
    await release.run({ AllocationId }, caller, ports)
    deleteSubnet(caller, subnet.id, ports)
    detachInternetGateway(caller, gatewayId, vpc.id, ports)
    deleteInternetGateway(caller, gatewayId, ports)
    expect(() => deleteNat.run({ NatGatewayId: id }, caller, ports)).toThrow(`NAT gateway ${id} was not found`)
    clock.advance(60 * 60 * 1000)
    expect(await seen(id)).toBeUndefined()
    // The next one clears it away.
    const other = createSubnet(caller, { vpcId: vpc.id, cidrBlock: '10.0.1.0/24', tags: [] }, ports)
    await made({ SubnetId: other.id, ConnectivityType: 'private' })
    await expect(seen(id)).rejects.toThrow(`NAT gateway ${id} was not found`)
  })

  test('is found by its filters', async () => {
    const id = await publicNat()
    const found = async (Name: string, ...Values: string[]) =>
      (await describeNats.run({ Filter: [{ Name, Values }] }, caller, ports)).NatGateways?.map(({ NatGatewayId }) => NatGatewayId)
    expect([await found('vpc-id', vpc.id), await found('state', 'failed', 'deleted')]).toEqual([[id], []])
  })

  test('takes routes; deleted, they are black holes', async () => {
    const id = await publicNat()
    const RouteTableId = mainRouteTableOf(caller, vpc.id, ports)?.id ?? ''
    const route = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: id }
    await createRoute.run(route, caller, ports)
    const shown = async () =>
      (await describeRouteTables.run({ RouteTableIds: [RouteTableId] }, caller, ports)).RouteTables?.[0]?.Routes?.[1]
    expect(await shown()).toMatchObject({ NatGatewayId: id, State: 'active' })
    await deleteNat.run({ NatGatewayId: id }, caller, ports)
    expect(await shown()).toMatchObject({ NatGatewayId: id, State: 'blackhole' })
    expect(() => createRoute.run({ ...route, DestinationCidrBlock: '1.0.0.0/8' }, caller, ports)).toThrow(
      `The natGateway ID '${id}' does not exist`,
    )
  })

  test.each([
    ['without a subnet', { SubnetId: undefined }, 'MissingParameter'],
    ['in a subnet that is not there', { SubnetId: 'subnet-1', AllocationId: 'eipalloc-1' }, 'InvalidSubnetID.NotFound'],
    ['with the internet and no address', {}, 'MissingParameter'],
    ['without the internet and an address', { ConnectivityType: 'private', AllocationId: 'a' }, 'InvalidParameterCombination'],
    ['with secondary addresses', { SecondaryPrivateIpAddressCount: 1 }, 'UnsupportedOperation'],
    ['of a whole region', { AvailabilityMode: 'regional' }, 'UnsupportedOperation'],
  ])('%s is refused', async (_what, input, code) => {
    await expect(made(input)).rejects.toThrow(expect.objectContaining({ code }))
  })

  test.each([
    [
      'the VPC has no way to the internet',
      'Gateway.NotAttached',
      async () => {
        detachInternetGateway(caller, gatewayId, vpc.id, ports)
        return address()
      },
    ],
    [
      'the address is another’s',
      'Resource.AlreadyAssociated',
      async () => {
        const AllocationId = await address()
        await made({ AllocationId })
        return AllocationId
      },
    ],
    ['there is no such address', 'InvalidAllocationID.NotFound', async () => 'eipalloc-1'],
    [
      'the subnet is full',
      'InsufficientFreeAddressesInSubnet',
      async () => {
        for (let count = 0; count < 11; count += 1) await made({ ConnectivityType: 'private' })
        return address()
      },
    ],
  ])('fails where %s: %s', async (_where, FailureCode, allocation) => {
    const answer = await made({ AllocationId: await allocation() })
    expect(answer).not.toHaveProperty('FailureCode')
    expect(await seen(answer?.NatGatewayId ?? '')).toMatchObject({ State: 'failed', FailureCode, NatGatewayAddresses: [] })
  })
})

describe('a stack', () => {
  test('has an address and a NAT gateway that uses it', async () => {
    const eip = fakeRequest({ Domain: 'vpc' })
    const given = await eipResource.create(eip, ports)
    expect(given).toMatchObject({ ref: '192.0.2.4', attributes: { PublicIp: '192.0.2.4' } })
    const properties = { SubnetId: subnet.id, AllocationId: String(given.attributes['AllocationId']) }
    const request = fakeRequest(properties)
    const nat = await natResource.create(request, ports)
    expect(nat.attributes).toEqual({ NatGatewayId: nat.ref, EniId: expect.stringMatching(/^eni-/) })
    const named = fakeRequest({ ...properties, Tags: [{ Key: 'Name', Value: 'out' }] })
    await natResource.update?.(named, { ...nat, properties }, ports)
    expect((await seen(nat.ref))?.Tags).toContainEqual({ Key: 'Name', Value: 'out' })
    for (let twice = 0; twice < 2; twice += 1) {
      await natResource.delete({ ...request, ...nat }, ports)
      await eipResource.delete({ ...eip, ...given }, ports)
    }
    expect((await describeAddresses.run({}, caller, ports)).Addresses).toEqual([])
  })

  test('fails with the reason that the gateway failed for', () => {
    const request = fakeRequest({ SubnetId: subnet.id, AllocationId: 'eipalloc-1' })
    expect(() => natResource.create(request, ports)).toThrow(
      /is in state failed and hence failed to stabilize\. Detailed failure message: Elastic IP address eipalloc-1 could not/,
    )
  })

  test('has no address of another domain', () => {
    expect(eipResource.limits?.['Domain']?.('standard')).toContain('only `vpc`')
  })
})
