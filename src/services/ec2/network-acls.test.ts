import { beforeEach, describe, expect, test } from 'vitest'
import type { Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller, fakeRequest } from '#kit/testing/fake-request.ts'
import { NETWORK_ACL, remove } from './kinds.ts'
import createAcl from './operations/create-network-acl.ts'
import createEntry from './operations/create-network-acl-entry.ts'
import createTags from './operations/create-tags.ts'
import deleteAcl from './operations/delete-network-acl.ts'
import deleteEntry from './operations/delete-network-acl-entry.ts'
import describeAcls from './operations/describe-network-acls.ts'
import replaceAssociation from './operations/replace-network-acl-association.ts'
import replaceEntry from './operations/replace-network-acl-entry.ts'
import type { Subnet, Vpc } from './records.ts'
import aclResource from './resources/network-acl.ts'
import entryResource from './resources/network-acl-entry.ts'
import associationResource from './resources/subnet-network-acl-association.ts'
import { createSubnet, deleteSubnet } from './subnets.ts'
import { createVpc, deleteVpc } from './vpcs.ts'

const caller = fakeCaller()
let ports: Ports
let vpc: Vpc
let subnet: Subnet

beforeEach(() => {
  ports = fakePorts()
  vpc = createVpc(caller, { cidrBlock: '10.0.0.0/16', tags: [] }, ports)
  subnet = createSubnet(caller, { vpcId: vpc.id, cidrBlock: '10.0.0.0/24', tags: [] }, ports)
})

const newAcl = async (VpcId = vpc.id) => (await createAcl.run({ VpcId }, caller, ports)).NetworkAcl?.NetworkAclId ?? ''
const described = async (Name: string, ...Values: string[]) =>
  (await describeAcls.run({ Filters: [{ Name, Values }] }, caller, ports)).NetworkAcls ?? []
const web = { RuleNumber: 100, Protocol: '6', RuleAction: 'allow', Egress: false, PortRange: { From: 443, To: 443 } } as const
const add = (NetworkAclId: string, more = {}) =>
  createEntry.run({ NetworkAclId, ...web, CidrBlock: '10.0.0.0/8', ...more }, caller, ports)

describe('the default ACL of a VPC', () => {
  test('lets everything pass at the edge of every subnet', async () => {
    const entry = (RuleNumber: number, Egress: boolean, RuleAction: string) => ({
      ...{ RuleNumber, Egress, RuleAction, Protocol: '-1', CidrBlock: '0.0.0.0/0' },
    })
    expect(await described('vpc-id', vpc.id)).toEqual([
      {
        NetworkAclId: vpc.networkAclId,
        VpcId: vpc.id,
        OwnerId: caller.account,
        IsDefault: true,
        Associations: [
          {
            NetworkAclAssociationId: subnet.networkAclAssociationId,
            NetworkAclId: vpc.networkAclId,
            SubnetId: subnet.id,
          },
        ],
        Entries: [entry(100, true, 'allow'), entry(32767, true, 'deny'), entry(100, false, 'allow'), entry(32767, false, 'deny')],
        Tags: [],
      },
    ])
  })

  test.each([
    ['described', async () => void (await describeAcls.run({ NetworkAclIds: [vpc.networkAclId] }, caller, ports))],
    ['changed', async () => void (await add(vpc.networkAclId, { RuleNumber: 90 }))],
    [
      'tagged',
      async () => void (await createTags.run({ Resources: [vpc.networkAclId], Tags: [{ Key: 'a', Value: 'b' }] }, caller, ports)),
    ],
  ])('of data from before there were ACLs is there when it is %s', async (_what, look) => {
    remove(NETWORK_ACL, caller, vpc.networkAclId, ports)
    await look()
    expect(ports.records.get(NETWORK_ACL.table, caller, vpc.networkAclId)).toMatchObject({ isDefault: true, vpcId: vpc.id })
  })

  test('goes with its VPC and not before', () => {
    expect(() => deleteAcl.run({ NetworkAclId: vpc.networkAclId }, caller, ports)).toThrow(
      `cannot delete default network ACL ${vpc.networkAclId}`,
    )
    deleteSubnet(caller, subnet.id, ports)
    deleteVpc(caller, vpc.id, ports)
    expect(ports.records.list(NETWORK_ACL.table, caller)).toEqual([])
  })
})

describe('an ACL of one’s own', () => {
  test('takes subnets over, keeps its VPC, and goes only without subnets', async () => {
    const id = await newAcl()
    const { networkAclAssociationId: AssociationId } = subnet
    const taken = await replaceAssociation.run({ AssociationId, NetworkAclId: id }, caller, ports)
    expect((await described('association.subnet-id', subnet.id)).map(({ NetworkAclId }) => NetworkAclId)).toEqual([id])
    expect(() => replaceAssociation.run({ AssociationId, NetworkAclId: id }, caller, ports)).toThrow(
      `The association ID '${AssociationId}' does not exist`,
    )
    expect(() => deleteAcl.run({ NetworkAclId: id }, caller, ports)).toThrow(
      `The networkAcl '${id}' has dependencies and cannot be deleted.`,
    )
    const back = { AssociationId: taken.NewAssociationId ?? '', NetworkAclId: vpc.networkAclId }
    await replaceAssociation.run(back, caller, ports)
    deleteSubnet(caller, subnet.id, ports)
    expect(() => deleteVpc(caller, vpc.id, ports)).toThrow(expect.objectContaining({ code: 'DependencyViolation' }))
    await deleteAcl.run({ NetworkAclId: id }, caller, ports)
    expect(() => describeAcls.run({ NetworkAclIds: [id] }, caller, ports)).toThrow(`The networkAcl ID '${id}' does not exist`)
    deleteVpc(caller, vpc.id, ports)
  })

  test('is of one VPC', async () => {
    const other = createVpc(caller, { cidrBlock: '10.1.0.0/16', tags: [] }, ports)
    const input = { AssociationId: subnet.networkAclAssociationId, NetworkAclId: await newAcl(other.id) }
    expect(() => replaceAssociation.run(input, caller, ports)).toThrow('belong to different networks')
  })
})

describe('an entry', () => {
  test('has a number of its own in its direction, and is shown in the order of the numbers', async () => {
    const id = await newAcl()
    await add(id, { RuleNumber: 200, RuleAction: 'deny', Protocol: '-1', CidrBlock: undefined, Ipv6CidrBlock: '::/0' })
    await add(id)
    await add(id, { Egress: true, Protocol: 'icmp', IcmpTypeCode: { Type: 8, Code: -1 } })
    expect(() => add(id)).toThrow('The network acl entry identified by 100 already exists.')
    await replaceEntry.run({ NetworkAclId: id, ...web, RuleAction: 'deny', CidrBlock: '10.9.9.9/8' }, caller, ports)
    const [acl] = await described('network-acl-id', id)
    expect(acl?.Entries?.filter(({ RuleNumber }) => RuleNumber !== 32767)).toEqual([
      {
        RuleNumber: 100,
        Egress: true,
        Protocol: '1',
        RuleAction: 'allow',
        CidrBlock: '10.0.0.0/8',
        IcmpTypeCode: { Type: 8, Code: -1 },
      },
      { ...web, RuleAction: 'deny', CidrBlock: '10.0.0.0/8' },
      { RuleNumber: 200, Egress: false, Protocol: '-1', RuleAction: 'deny', Ipv6CidrBlock: '::/0' },
    ])
    expect(await described('entry.port-range.from', '443')).toHaveLength(1)
  })

  test('that is not there can be neither replaced nor deleted', async () => {
    const id = await newAcl()
    const nothing = { code: 'InvalidNetworkAclEntry.NotFound', message: 'no ingress entry with number 100' }
    expect(() => replaceEntry.run({ NetworkAclId: id, ...web, CidrBlock: '10.0.0.0/8' }, caller, ports)).toThrow(
      expect.objectContaining(nothing),
    )
    await add(id, { Egress: true })
    const at = { NetworkAclId: id, RuleNumber: 100 }
    expect(() => deleteEntry.run({ ...at, Egress: false }, caller, ports)).toThrow(expect.objectContaining(nothing))
    await deleteEntry.run({ ...at, Egress: true }, caller, ports)
    expect((await described('network-acl-id', id))[0]?.Entries).toHaveLength(2)
  })

  test.each([
    [{ RuleNumber: 0 }, 'InvalidParameterValue'],
    [{ RuleNumber: 32767 }, 'InvalidParameterValue'],
    [{ CidrBlock: '10.0.0.0' }, 'InvalidParameterValue'],
    [{ CidrBlock: undefined }, 'MissingParameter'],
    [{ Protocol: '256' }, 'InvalidParameterValue'],
    [{ PortRange: undefined }, 'MissingParameter'],
    [{ PortRange: { From: 2, To: 1 } }, 'InvalidParameterValue'],
    [{ Protocol: '1' }, 'MissingParameter'],
    [{ NetworkAclId: 'acl-1' }, 'InvalidNetworkAclID.NotFound'],
  ])('with %j is refused: %s', async (more, code) => {
    const id = await newAcl()
    expect(() => add(id, more)).toThrow(expect.objectContaining({ code }))
  })
})

test('a stack has ACLs with entries and subnets; deleted, the subnet has the default one again', async () => {
  const acl = fakeRequest({ VpcId: vpc.id, Tags: [{ Key: 'Name', Value: 'edge' }] })
  const made = await aclResource.create(acl, ports)
  const properties = { NetworkAclId: made.ref, RuleNumber: 10, Protocol: -1, RuleAction: 'allow', CidrBlock: '0.0.0.0/0' }
  const entry = await entryResource.create(fakeRequest(properties), ports)
  const denies = { ...properties, RuleAction: 'deny' }
  await entryResource.update?.(fakeRequest(denies), { ...entry, properties }, ports)
  const association = fakeRequest({ SubnetId: subnet.id, NetworkAclId: made.ref })
  const associated = await associationResource.create(association, ports)
  const [shown] = await described('tag:Name', 'edge')
  expect(shown?.Associations).toEqual([{ NetworkAclAssociationId: associated.ref, NetworkAclId: made.ref, SubnetId: subnet.id }])
  expect(shown?.Entries?.[1]).toMatchObject({ RuleNumber: 10, Egress: false, RuleAction: 'deny', Protocol: '-1' })
  for (let twice = 0; twice < 2; twice += 1) {
    await associationResource.delete({ ...association, ...associated }, ports)
    await entryResource.delete({ ...fakeRequest(denies), ...entry }, ports)
    await aclResource.delete({ ...acl, ...made }, ports)
  }
  expect((await described('association.subnet-id', subnet.id)).map(({ IsDefault }) => IsDefault)).toEqual([true])
})
