import { beforeEach, expect, test } from 'vitest'
import type { Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller, fakeRequest } from '#kit/testing/fake-request.ts'
import { DHCP_OPTIONS, find, remove, VPC } from './kinds.ts'
import associate from './operations/associate-dhcp-options.ts'
import create from './operations/create-dhcp-options.ts'
import deleteOptions from './operations/delete-dhcp-options.ts'
import describeOptions from './operations/describe-dhcp-options.ts'
import type { Vpc } from './records.ts'
import optionsResource from './resources/dhcp-options.ts'
import associationResource from './resources/vpcdhcp-options-association.ts'
import { createVpc } from './vpcs.ts'

const caller = fakeCaller()
let ports: Ports
let vpc: Vpc

beforeEach(() => {
  ports = fakePorts()
  vpc = createVpc(caller, { cidrBlock: '10.0.0.0/16', tags: [] }, ports)
})

const made = async (...DhcpConfigurations: { Key: string; Values: string[] }[]) =>
  (await create.run({ DhcpConfigurations }, caller, ports)).DhcpOptions?.DhcpOptionsId ?? ''
const seen = async (id: string) =>
  (await describeOptions.run({ DhcpOptionsIds: [id] }, caller, ports)).DhcpOptions?.[0]?.DhcpConfigurations
const optionsOf = () => find(VPC, caller, vpc.id, ports).dhcpOptionsId

test('every VPC of an account is born with the same options, those of the region', async () => {
  expect(createVpc(caller, { cidrBlock: '10.1.0.0/16', tags: [] }, ports).dhcpOptionsId).toBe(vpc.dhcpOptionsId)
  expect(await seen(vpc.dhcpOptionsId)).toEqual([
    { Key: 'domain-name', Values: [{ Value: 'eu-central-1.compute.internal' }] },
    { Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] },
  ])
  const virginia = fakeCaller({ region: 'us-east-1' })
  createVpc(virginia, { cidrBlock: '10.0.0.0/16', tags: [] }, ports)
  const filter = { Filters: [{ Name: 'value', Values: ['ec2.internal'] }] }
  expect((await describeOptions.run(filter, virginia, ports)).DhcpOptions).toHaveLength(1)
})

test('a VPC of data from before there were options has those of the region', async () => {
  remove(DHCP_OPTIONS, caller, vpc.dhcpOptionsId, ports)
  expect(await seen(vpc.dhcpOptionsId)).toHaveLength(2)
})

test('options of one’s own are kept while a VPC has them', async () => {
  const id = await made(
    { Key: 'ntp-servers', Values: ['10.0.0.9'] },
    { Key: 'domain-name-servers', Values: ['10.2.5.1,10.2.5.2'] },
  )
  expect(await seen(id)).toEqual([
    { Key: 'domain-name-servers', Values: [{ Value: '10.2.5.1' }, { Value: '10.2.5.2' }] },
    { Key: 'ntp-servers', Values: [{ Value: '10.0.0.9' }] },
  ])
  await associate.run({ DhcpOptionsId: id, VpcId: vpc.id }, caller, ports)
  expect(() => deleteOptions.run({ DhcpOptionsId: id }, caller, ports)).toThrow(
    `The dhcpOptions '${id}' has dependencies and cannot be deleted.`,
  )
  await associate.run({ DhcpOptionsId: 'default', VpcId: vpc.id }, caller, ports)
  expect(optionsOf()).toBe('default')
  await deleteOptions.run({ DhcpOptionsId: id }, caller, ports)
  expect(() => associate.run({ DhcpOptionsId: id, VpcId: vpc.id }, caller, ports)).toThrow(
    `The dhcpOption ID '${id}' does not exist`,
  )
})

test.each([
  ['routers', '10.0.0.1'],
  ['domain-name', 'a', 'b'],
  ['domain-name-servers', '1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4', '1.1.1.5'],
  ['netbios-node-type', '3'],
  ['ntp-servers'],
])('the option %s is refused with %j', async (Key, ...Values) => {
  await expect(made({ Key, Values })).rejects.toThrow(expect.objectContaining({ code: 'InvalidParameterValue' }))
})

test('a stack has options and gives them to a VPC, which has none afterwards', async () => {
  const options = fakeRequest({ DomainName: 'corp.example', DomainNameServers: ['10.2.5.1'], NetbiosNodeType: 2 })
  const given = await optionsResource.create(options, ports)
  expect(await seen(given.ref)).toEqual([
    { Key: 'domain-name', Values: [{ Value: 'corp.example' }] },
    { Key: 'domain-name-servers', Values: [{ Value: '10.2.5.1' }] },
    { Key: 'netbios-node-type', Values: [{ Value: '2' }] },
  ])
  const association = fakeRequest({ DhcpOptionsId: given.ref, VpcId: vpc.id })
  const state = await associationResource.create(association, ports)
  expect(optionsOf()).toBe(given.ref)
  for (let twice = 0; twice < 2; twice += 1) {
    await associationResource.delete({ ...association, ...state }, ports)
    await optionsResource.delete({ ...options, ...given }, ports)
  }
  expect(optionsOf()).toBe('default')
})

test('an association that was replaced takes nothing away', async () => {
  const association = fakeRequest({ DhcpOptionsId: vpc.dhcpOptionsId, VpcId: vpc.id })
  const state = await associationResource.create(association, ports)
  const id = await made({ Key: 'domain-name', Values: ['corp.example'] })
  await associate.run({ DhcpOptionsId: id, VpcId: vpc.id }, caller, ports)
  await associationResource.delete({ ...association, ...state }, ports)
  expect(optionsOf()).toBe(id)
})
