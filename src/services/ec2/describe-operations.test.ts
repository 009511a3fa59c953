import { expect, test } from 'vitest'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller } from '#kit/testing/fake-request.ts'
import createTags from './operations/create-tags.ts'
import createVpc from './operations/create-vpc.ts'
import deleteTags from './operations/delete-tags.ts'
import describeZones from './operations/describe-availability-zones.ts'
import describePrefixLists from './operations/describe-prefix-lists.ts'
import describeRegions from './operations/describe-regions.ts'
import describeTags from './operations/describe-tags.ts'
import describeServices from './operations/describe-vpc-endpoint-services.ts'
import describeVpcs from './operations/describe-vpcs.ts'

const caller = fakeCaller()
const filter = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] })

test('tags are written, found and taken away, on several resources at once or on none', async () => {
  const ports = fakePorts()
  const made = await createVpc.run({ CidrBlock: '10.0.0.0/16' }, caller, ports)
  const id = made.Vpc?.VpcId ?? ''
  await createTags.run(
    {
      Resources: [id],
      Tags: [
        { Key: 'team', Value: 'a' },
        { Key: 'env', Value: 'dev' },
      ],
    },
    caller,
    ports,
  )
  await createTags.run({ Resources: [id], Tags: [{ Key: 'team', Value: 'b' }] }, caller, ports)
  expect((await describeTags.run(filter('resource-id', id), caller, ports)).Tags).toEqual([
    { Key: 'team', Value: 'b', ResourceId: id, ResourceType: 'vpc' },
    { Key: 'env', Value: 'dev', ResourceId: id, ResourceType: 'vpc' },
  ])
  expect(() => createTags.run({ Resources: [id, 'vpc-1'], Tags: [{ Key: 'x', Value: 'x' }] }, caller, ports)).toThrow(
    "The vpc ID 'vpc-1' does not exist",
  )
  // A value that is not the tag's own takes nothing away.
  await deleteTags.run({ Resources: [id], Tags: [{ Key: 'team', Value: 'a' }, { Key: 'env' }] }, caller, ports)
  expect((await describeVpcs.run({ VpcIds: [id] }, caller, ports)).Vpcs?.[0]?.Tags).toEqual([{ Key: 'team', Value: 'b' }])
  await deleteTags.run({ Resources: [id] }, caller, ports)
  expect((await describeTags.run({}, caller, ports)).Tags).toEqual([])
})

test('a dry run of a creation creates nothing', async () => {
  const ports = fakePorts()
  expect(() => createVpc.run({ CidrBlock: '10.0.0.0/16', DryRun: true }, caller, ports)).toThrow(
    'Request would have succeeded, but DryRun flag is set.',
  )
  expect((await describeVpcs.run(filter('cidr', '10.0.0.0/16'), caller, ports)).Vpcs).toEqual([])
})

test.each([
  ['execute-api', ['Interface'], 'execute-api.eu-central-1.amazonaws.com'],
  ['s3', ['Gateway', 'Interface'], 's3.eu-central-1.amazonaws.com'],
  ['ecr.api', ['Interface'], 'api.ecr.eu-central-1.amazonaws.com'],
])('the endpoint service %s has the types %j and the private name %s', async (name, types, privateName) => {
  const ServiceNames = [`com.amazonaws.eu-central-1.${name}`]
  const { ServiceDetails } = await describeServices.run({ ServiceNames }, caller, fakePorts())
  expect(
    ServiceDetails?.map(({ ServiceType, PrivateDnsName }) => [ServiceType?.map((one) => one.ServiceType), PrivateDnsName]),
  ).toEqual([[types, privateName]])
})

test('services of another region are not known here', () => {
  const ServiceNames = ['com.amazonaws.us-east-1.execute-api']
  expect(() => describeServices.run({ ServiceNames }, caller, fakePorts())).toThrow(
    "The Vpc Endpoint Service 'com.amazonaws.us-east-1.execute-api' does not exist",
  )
})

test('every service with gateway endpoints has a prefix list, always the same', async () => {
  const lists = async () => (await describePrefixLists.run({}, caller, fakePorts())).PrefixLists
  expect((await lists())?.map(({ PrefixListName }) => PrefixListName)).toEqual([
    'com.amazonaws.eu-central-1.dynamodb',
    'com.amazonaws.eu-central-1.s3',
  ])
  expect(await lists()).toEqual(await lists())
})

test('zones are found by id and by name, and an unknown one is refused', async () => {
  const ports = fakePorts()
  const names = async (input: { ZoneNames?: string[]; ZoneIds?: string[] }) =>
    (await describeZones.run(input, caller, ports)).AvailabilityZones?.map(({ ZoneName }) => ZoneName)
  expect([await names({ ZoneIds: ['euc1-az2'] }), await names({ ZoneNames: ['eu-central-1a'] })]).toEqual([
    ['eu-central-1b'],
    ['eu-central-1a'],
  ])
  await expect(names({ ZoneNames: ['us-east-1a'] })).rejects.toThrow('Invalid availability zone: [us-east-1a]')
})

test('regions that must be asked for are listed only when asked for', async () => {
  const ports = fakePorts()
  const names = async (input: { AllRegions?: boolean; RegionNames?: string[] }) =>
    (await describeRegions.run(input, caller, ports)).Regions?.map(({ RegionName }) => RegionName)
  expect(await names({})).toHaveLength(17)
  expect(await names({})).not.toContain('eu-south-1')
  expect(await names({ AllRegions: true })).toContain('eu-south-1')
  expect(await names({ RegionNames: ['eu-south-1'] })).toEqual(['eu-south-1'])
})
