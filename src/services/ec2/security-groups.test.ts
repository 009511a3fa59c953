import { beforeEach, describe, expect, test } from 'vitest'
import type { Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller, fakeRequest } from '#kit/testing/fake-request.ts'
import { find, SECURITY_GROUP } from './kinds.ts'
import authorizeIngress from './operations/authorize-security-group-ingress.ts'
import describeGroups from './operations/describe-security-groups.ts'
import revokeEgress from './operations/revoke-security-group-egress.ts'
import groupResource from './resources/security-group.ts'
import ingressResource from './resources/security-group-ingress.ts'
import { peerName, ruleFrom } from './security-group-rules.ts'
import { createSecurityGroup, deleteSecurityGroup } from './security-groups.ts'
import { createVpc } from './vpcs.ts'

const caller = fakeCaller()
let ports: Ports
let VpcId: string

beforeEach(() => {
  ports = fakePorts()
  VpcId = createVpc(caller, { cidrBlock: '10.0.0.0/16', tags: [] }, ports).id
})

const group = (name: string) =>
  createSecurityGroup(caller, { vpcId: VpcId, name, description: name, ingress: [], tags: [] }, ports)
const rulesOf = (id: string) =>
  find(SECURITY_GROUP, caller, id, ports).rules.map(
    ({ direction, protocol, fromPort, peer }) => `${direction} ${protocol} ${fromPort ?? 'all'} ${peerName(peer)}`,
  )

describe('a rule', () => {
  test.each([
    [
      { IpProtocol: '6', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.1/8' },
      { protocol: 'tcp', fromPort: 443, toPort: 443 },
    ],
    [
      { IpProtocol: 'TCP', FromPort: -1, ToPort: -1, CidrIp: '10.0.0.0/8' },
      { protocol: 'tcp', fromPort: 0, toPort: 65535 },
    ],
    [{ IpProtocol: '-1', FromPort: 80, ToPort: 80, CidrIp: '10.0.0.0/8' }, { protocol: '-1' }],
    [
      { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, CidrIp: '10.0.0.0/8' },
      { protocol: 'icmp', fromPort: 8, toPort: -1 },
    ],
    [{ IpProtocol: '50', CidrIp: '10.0.0.0/8' }, { protocol: '50' }],
  ])('%j becomes %j', (written, rule) => {
    expect(ruleFrom('ingress', written, '1')).toEqual({
      direction: 'ingress',
      ...rule,
      peer: { kind: 'ipv4', cidr: '10.0.0.0/8' },
    })
  })

  test.each([
    [
      { IpProtocol: 'tcp', CidrIp: '10.0.0.0/8' },
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    ],
    [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 80, CidrIp: '10.0.0.0/8' }, 'Invalid TCP/UDP port range (443:80)'],
    [{ IpProtocol: 'udp', FromPort: 1, ToPort: 65536, CidrIp: '10.0.0.0/8' }, 'Invalid TCP/UDP port range (1:65536)'],
    [{ IpProtocol: 'http', CidrIp: '10.0.0.0/8' }, "Invalid value 'http' for IP protocol. Unknown protocol."],
    [{ IpProtocol: '256', CidrIp: '10.0.0.0/8' }, "Invalid value '256' for IP protocol. Unknown protocol."],
    [{ IpProtocol: '-1', CidrIp: '10.0.0/8' }, 'CIDR block 10.0.0/8 is malformed'],
    [{ IpProtocol: '-1', CidrIpv6: 'all' }, 'CIDR block all is malformed'],
  ])('%j is refused: %s', (written, message) => {
    expect(() => ruleFrom('ingress', written, '1')).toThrow(message)
  })
})

test('a new group lets everything out; with egress rules of its own, only those', async () => {
  const open = await groupResource.create(fakeRequest({ GroupDescription: 'open', VpcId }), ports)
  expect(rulesOf(open.ref)).toEqual(['egress -1 all 0.0.0.0/0'])
  const egress = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/16' }]
  const closed = await groupResource.create(
    fakeRequest({ GroupDescription: 'closed', VpcId, SecurityGroupEgress: egress }),
    ports,
  )
  expect(rulesOf(closed.ref)).toEqual(['egress tcp 443 10.0.0.0/16'])
})

test('an update changes what the template says, and leaves the rules of others', async () => {
  const { id: source } = group('source')
  const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }
  const request = fakeRequest({ GroupDescription: 'd', VpcId, SecurityGroupIngress: [{ ...https, CidrIp: '10.0.0.0/8' }] })
  const state = await groupResource.create(request, ports)
  const own = fakeRequest({ ...https, GroupId: state.ref, SourceSecurityGroupId: source })
  const rule = await ingressResource.create(own, ports)
  const changed = fakeRequest({ ...request.properties, SecurityGroupIngress: [{ ...https, CidrIp: '10.1.0.0/16' }] })
  await groupResource.update?.(changed, { ...state, properties: request.properties }, ports)
  expect(rulesOf(state.ref).sort()).toEqual(
    ['egress -1 all 0.0.0.0/0', 'ingress tcp 443 10.1.0.0/16', `ingress tcp 443 ${source}`].sort(),
  )
  await ingressResource.delete({ ...own, ...rule }, ports)
  await ingressResource.delete({ ...own, ...rule }, ports)
  expect(rulesOf(state.ref)).toHaveLength(2)
})

test('rules are shown by protocol and ports, each peer beside the others', async () => {
  const { id: GroupId } = group('shown')
  const permission = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }
  const IpRanges = [{ CidrIp: '10.0.0.0/8', Description: 'us' }, { CidrIp: '192.168.0.0/16' }]
  await authorizeIngress.run({ GroupId, IpPermissions: [{ ...permission, IpRanges }] }, caller, ports)
  const { SecurityGroups } = await describeGroups.run({ GroupIds: [GroupId] }, caller, ports)
  expect(SecurityGroups?.[0]?.IpPermissions).toEqual([
    { ...permission, IpRanges, Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] },
  ])
  const found = async (Name: string, value: string) =>
    (await describeGroups.run({ Filters: [{ Name, Values: [value] }] }, caller, ports)).SecurityGroups?.map((one) => one.GroupId)
  expect([await found('ip-permission.cidr', '192.168.*'), await found('ip-permission.from-port', '80')]).toEqual([[GroupId], []])
})

test('a rule that is there cannot be added, one that is not cannot be taken away, and a failure changes nothing', () => {
  const { id: GroupId } = group('g')
  const rule = { GroupId, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }
  authorizeIngress.run(rule, caller, ports)
  const before = rulesOf(GroupId)
  expect(() => authorizeIngress.run(rule, caller, ports)).toThrow(
    'the specified rule "peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW" already exists',
  )
  expect(() => revokeEgress.run(rule, caller, ports)).toThrow('The specified rule does not exist in this security group.')
  const nobody = { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-1' }] }
  const everybody = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
  expect(() => authorizeIngress.run({ GroupId, IpPermissions: [everybody, nobody] }, caller, ports)).toThrow(
    "The security group 'sg-1' does not exist",
  )
  expect(rulesOf(GroupId)).toEqual(before)
  revokeEgress.run({ GroupId, IpPermissions: [everybody] }, caller, ports)
  expect(rulesOf(GroupId)).toEqual(['ingress tcp 443 0.0.0.0/0'])
})

test('a group that another names stays, and so does the default group', async () => {
  const [one, two] = [group('one'), group('two')]
  authorizeIngress.run(
    { GroupId: one.id, IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: two.id }] }] },
    caller,
    ports,
  )
  expect(() => deleteSecurityGroup(caller, two.id, ports)).toThrow(`resource ${two.id} has a dependent object`)
  deleteSecurityGroup(caller, one.id, ports)
  deleteSecurityGroup(caller, two.id, ports)
  const { SecurityGroups } = await describeGroups.run({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }, caller, ports)
  const id = SecurityGroups?.[0]?.GroupId ?? ''
  expect(() => deleteSecurityGroup(caller, id, ports)).toThrow(
    `the specified group: "${id}" name: "default" cannot be deleted by a user`,
  )
})

test('a name is free in another VPC, not in the same', () => {
  group('taken')
  expect(() => group('taken')).toThrow(`The security group 'taken' already exists for VPC '${VpcId}'`)
  const vpcId = createVpc(caller, { cidrBlock: '10.0.0.0/16', tags: [] }, ports).id
  expect(createSecurityGroup(caller, { vpcId, name: 'taken', description: '', ingress: [], tags: [] }, ports).name).toBe('taken')
})
