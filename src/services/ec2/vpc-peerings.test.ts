import { beforeEach, describe, expect, test } from 'vitest'
import type { Ports } from '#kit/ports.ts'
import { type FakeClock, fakeClock } from '#kit/testing/fake-clock.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller, fakeRequest } from '#kit/testing/fake-request.ts'
import accept from './operations/accept-vpc-peering-connection.ts'
import createRoute from './operations/create-route.ts'
import createTags from './operations/create-tags.ts'
import create from './operations/create-vpc-peering-connection.ts'
import deletePeering from './operations/delete-vpc-peering-connection.ts'
import describeRouteTables from './operations/describe-route-tables.ts'
import describeGroups from './operations/describe-security-groups.ts'
import describePeerings from './operations/describe-vpc-peering-connections.ts'
import reject from './operations/reject-vpc-peering-connection.ts'
import type { Vpc } from './records.ts'
import peeringResource from './resources/vpc-peering-connection.ts'
import { mainRouteTableOf } from './route-tables.ts'
import { ruleFrom } from './security-group-rules.ts'
import { authorize, createSecurityGroup, defaultGroupOf, deleteSecurityGroup } from './security-groups.ts'
import { createVpc, deleteVpc } from './vpcs.ts'

const caller = fakeCaller()
const other = fakeCaller({ account: '222222222222' })
let clock: FakeClock
let ports: Ports
let own: Vpc
let theirs: Vpc

beforeEach(() => {
  clock = fakeClock()
  ports = fakePorts({ clock })
  own = createVpc(caller, { cidrBlock: '10.0.0.0/16', tags: [] }, ports)
  theirs = createVpc(other, { cidrBlock: '10.1.0.0/16', tags: [] }, ports)
})

const ask = async (more = {}) => {
  const input = { VpcId: own.id, PeerVpcId: theirs.id, PeerOwnerId: other.account, ...more }
  return (await create.run(input, caller, ports)).VpcPeeringConnection?.VpcPeeringConnectionId ?? ''
}
const active = async () => {
  const VpcPeeringConnectionId = await ask()
  await accept.run({ VpcPeeringConnectionId }, other, ports)
  return VpcPeeringConnectionId
}
const seenBy = async (who = caller, ...ids: string[]) =>
  (await describePeerings.run(ids.length > 0 ? { VpcPeeringConnectionIds: ids } : {}, who, ports)).VpcPeeringConnections ?? []
const statusOf = async (id: string, who = caller) => (await seenBy(who, id))[0]?.Status

describe('a request', () => {
  test('waits for the other side, which sees it with tags of its own', async () => {
    const id = await ask()
    const [mine] = await seenBy()
    expect(mine).toMatchObject({
      VpcPeeringConnectionId: id,
      Status: { Code: 'pending-acceptance', Message: `Pending Acceptance by ${other.account}` },
      ExpirationTime: new Date(clock.now() + 7 * 24 * 3600 * 1000),
      RequesterVpcInfo: { VpcId: own.id, OwnerId: caller.account, Region: caller.region, CidrBlock: '10.0.0.0/16' },
    })
    expect(mine?.AccepterVpcInfo).toEqual({ VpcId: theirs.id, OwnerId: other.account, Region: caller.region })
    await createTags.run({ Resources: [id], Tags: [{ Key: 'side', Value: 'far' }] }, other, ports)
    expect([(await seenBy())[0]?.Tags, (await seenBy(other))[0]?.Tags]).toEqual([[], [{ Key: 'side', Value: 'far' }]])
    expect(await seenBy(fakeCaller({ account: '333333333333' }))).toEqual([])
  })

  test('is accepted by the other side alone, and once', async () => {
    const VpcPeeringConnectionId = await ask()
    expect(() => accept.run({ VpcPeeringConnectionId }, caller, ports)).toThrow(
      `User (${caller.account}) cannot accept peering ${VpcPeeringConnectionId}`,
    )
    const answer = await accept.run({ VpcPeeringConnectionId }, other, ports)
    expect(answer.VpcPeeringConnection?.Status?.Code).toBe('provisioning')
    const found = await seenBy(caller, VpcPeeringConnectionId)
    expect(found).toMatchObject([
      { Status: { Code: 'active', Message: 'Active' }, AccepterVpcInfo: { CidrBlock: '10.1.0.0/16' } },
    ])
    expect(() => accept.run({ VpcPeeringConnectionId }, other, ports)).toThrow(
      expect.objectContaining({ code: 'InvalidStateTransition' }),
    )
  })

  test('that was rejected can be neither accepted nor deleted, and may be made anew', async () => {
    const VpcPeeringConnectionId = await ask()
    await expect(ask()).rejects.toThrow(expect.objectContaining({ code: 'VpcPeeringConnectionAlreadyExists' }))
    await reject.run({ VpcPeeringConnectionId }, other, ports)
    expect((await statusOf(VpcPeeringConnectionId))?.Code).toBe('rejected')
    expect(() => deletePeering.run({ VpcPeeringConnectionId }, caller, ports)).toThrow(
      `Invalid state transition for ${VpcPeeringConnectionId}, attempted to transition from rejected to deleting`,
    )
    expect(await ask()).not.toBe(VpcPeeringConnectionId)
  })

  test('is taken back by who made it alone', async () => {
    const VpcPeeringConnectionId = await ask()
    expect(() => deletePeering.run({ VpcPeeringConnectionId }, other, ports)).toThrow(
      expect.objectContaining({ code: 'OperationNotPermitted' }),
    )
    await deletePeering.run({ VpcPeeringConnectionId }, caller, ports)
    expect(await statusOf(VpcPeeringConnectionId, other)).toEqual({ Code: 'deleted', Message: `Deleted by ${caller.account}` })
  })

  const overlapping = () => createVpc(caller, { cidrBlock: '10.0.128.0/17', tags: [] }, ports).id

  test.each([
    ['a VPC that is not there', () => ({ PeerVpcId: 'vpc-1' })],
    ['a VPC of another account than said', () => ({ PeerOwnerId: caller.account })],
    ['a VPC with the same addresses', () => ({ PeerVpcId: overlapping(), PeerOwnerId: caller.account })],
  ])('for %s has failed', async (_what, more) => {
    const id = await ask(more())
    expect(await statusOf(id)).toEqual({
      Code: 'failed',
      Message: 'Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range',
    })
    expect(await seenBy(other)).toEqual([])
  })

  test('into another region is refused', async () => {
    await expect(ask({ PeerRegion: 'us-east-1' })).rejects.toThrow(expect.objectContaining({ code: 'UnsupportedOperation' }))
  })
})

test('either side deletes a connection; it is shown for two hours more', async () => {
  const id = await active()
  await deletePeering.run({ VpcPeeringConnectionId: id }, other, ports)
  expect(await statusOf(id)).toEqual({ Code: 'deleted', Message: `Deleted by ${other.account}` })
  clock.advance(2 * 3600 * 1000)
  expect(await seenBy()).toEqual([])
  // The next one clears it away.
  await ask()
  expect(() => describePeerings.run({ VpcPeeringConnectionIds: [id] }, caller, ports)).toThrow('does not exist')
})

test('a VPC stays while it is peered', async () => {
  const id = await active()
  expect(() => deleteVpc(other, theirs.id, ports)).toThrow(expect.objectContaining({ code: 'DependencyViolation' }))
  await deletePeering.run({ VpcPeeringConnectionId: id }, caller, ports)
  deleteVpc(other, theirs.id, ports)
})

test('a route through a connection is a black hole before it is accepted and after it is deleted', async () => {
  const id = await ask()
  const main = mainRouteTableOf(caller, own.id, ports)?.id ?? ''
  const route = { RouteTableId: main, DestinationCidrBlock: '10.1.0.0/16', VpcPeeringConnectionId: id }
  await createRoute.run(route, caller, ports)
  const shown = async () => {
    const filter = { Name: 'route.vpc-peering-connection-id', Values: [id] }
    return (await describeRouteTables.run({ Filters: [filter] }, caller, ports)).RouteTables?.[0]?.Routes?.[1]
  }
  expect(await shown()).toEqual({
    DestinationCidrBlock: '10.1.0.0/16',
    VpcPeeringConnectionId: id,
    Origin: 'CreateRoute',
    State: 'blackhole',
  })
  await accept.run({ VpcPeeringConnectionId: id }, other, ports)
  expect((await shown())?.State).toBe('active')
  await deletePeering.run({ VpcPeeringConnectionId: id }, other, ports)
  expect((await shown())?.State).toBe('blackhole')
})

test.each([
  ['that is not there', { VpcPeeringConnectionId: 'pcx-1' }, "The vpcPeeringConnection ID 'pcx-1' does not exist"],
  ['and another target', { VpcPeeringConnectionId: 'pcx-1', GatewayId: 'local' }, 'A route has one target.'],
  ['of which there is none', {}, 'The request must contain the parameter'],
  ['of a kind that is not here', { TransitGatewayId: 'tgw-1' }, '`TransitGatewayId` of routes is not supported'],
])('a route to a connection %s is refused', (_what, target, message) => {
  const RouteTableId = mainRouteTableOf(caller, own.id, ports)?.id ?? ''
  expect(() => createRoute.run({ RouteTableId, DestinationCidrBlock: '10.1.0.0/16', ...target }, caller, ports)).toThrow(message)
})

test('a route to a connection between other VPCs is refused', async () => {
  const third = createVpc(caller, { cidrBlock: '10.3.0.0/16', tags: [] }, ports)
  const RouteTableId = mainRouteTableOf(caller, third.id, ports)?.id ?? ''
  const route = { RouteTableId, DestinationCidrBlock: '10.1.0.0/16', VpcPeeringConnectionId: await ask() }
  expect(() => createRoute.run(route, caller, ports)).toThrow('belong to different networks')
})

test('a rule names a group of a peered VPC, which may be deleted all the same', async () => {
  const group = createSecurityGroup(other, { vpcId: theirs.id, name: 'far', description: '', ingress: [], tags: [] }, ports)
  const mine = defaultGroupOf(caller, own.id, ports)?.id ?? ''
  const rule = ruleFrom(
    'ingress',
    { IpProtocol: 'tcp', FromPort: 1, ToPort: 2, GroupId: group.id, GroupOwner: other.account },
    '',
  )
  expect(() => authorize(caller, mine, [rule], ports)).toThrow('belong to different networks')
  const id = await active()
  authorize(caller, mine, [rule], ports)
  const pair = { GroupId: group.id, UserId: other.account, VpcId: theirs.id, VpcPeeringConnectionId: id }
  const pairs = async () =>
    (await describeGroups.run({ GroupIds: [mine] }, caller, ports)).SecurityGroups?.[0]?.IpPermissions?.[1]?.UserIdGroupPairs
  expect(await pairs()).toEqual([{ ...pair, PeeringStatus: 'active' }])
  deleteSecurityGroup(other, group.id, ports)
  await deletePeering.run({ VpcPeeringConnectionId: id }, caller, ports)
  expect(await pairs()).toEqual([{ ...pair, PeeringStatus: 'deleted' }])
})

describe('a stack', () => {
  const role = (account: string) => `arn:aws:iam::${account}:role/peers`
  const between = (more = {}) => fakeRequest({ VpcId: own.id, PeerVpcId: theirs.id, PeerOwnerId: other.account, ...more })

  test('has its connection accepted in the same account', async () => {
    const near = createVpc(caller, { cidrBlock: '10.2.0.0/16', tags: [] }, ports)
    const request = fakeRequest({ VpcId: own.id, PeerVpcId: near.id, Tags: [{ Key: 'Name', Value: 'near' }] })
    const state = await peeringResource.create(request, ports)
    expect(await seenBy(caller, state.ref)).toMatchObject([{ Status: { Code: 'active' }, Tags: { length: 4 } }])
    await peeringResource.delete({ ...request, ...state }, ports)
    await peeringResource.delete({ ...request, ...state }, ports)
    expect((await statusOf(state.ref))?.Code).toBe('deleted')
  })

  test('has it accepted in another by a role of that account', async () => {
    const { ref } = await peeringResource.create(between({ PeerRoleArn: role(other.account) }), ports)
    expect((await statusOf(ref, other))?.Code).toBe('active')
  })

  test.each([
    ['without a role of the other account', {}, 'PeerRoleArn is required'],
    ['with a role of its own account', { PeerRoleArn: role(caller.account) }, `is not a role of account ${other.account}`],
    ['with a VPC that is not there', { PeerVpcId: 'vpc-1', PeerRoleArn: role(other.account) }, 'Failed due to incorrect VPC-ID'],
  ])('%s fails', (_what, more, message) => {
    expect(() => peeringResource.create(between(more), ports)).toThrow(message)
  })
})
