import { expect, test } from 'vitest'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller, fakeRequest } from '#kit/testing/fake-request.ts'
import { checkBucketName, createBucket } from './buckets.ts'
import createBucketOperation from './operations/create-bucket.ts'
import getLocation from './operations/get-bucket-location.ts'
import listBuckets from './operations/list-buckets.ts'
import putObject from './operations/put-object.ts'
import bucket from './resources/bucket.ts'

test.each(['abc', 'my.bucket-1', '0bucket', 'a'.repeat(63)])('`%s` may be a bucket', (name) => {
  expect(checkBucketName(name)).toBeUndefined()
})

test.each(['ab', 'a'.repeat(64), 'My-Bucket', 'my_bucket', '-bucket', 'bucket-', 'a..b', '192.168.0.1', 'xn--b', 'b--ol-s3'])(
  '`%s` may not',
  (name) => {
    expect(() => checkBucketName(name)).toThrow(expect.objectContaining({ code: 'InvalidBucketName' }))
  },
)

const one = fakeCaller()
const other = fakeCaller({ account: '222222222222' })
const virginia = fakeCaller({ region: 'us-east-1' })

test.each([
  ['another account', one, other, 'BucketAlreadyExists'],
  ['its owner', one, one, 'BucketAlreadyOwnedByYou'],
  ['its owner from elsewhere', one, virginia, 'BucketAlreadyOwnedByYou'],
  ['its owner in us-east-1', virginia, virginia, undefined],
])('a name that is taken, asked for by %s: %4$s', (_who, first, second, code) => {
  const ports = fakePorts()
  const made = createBucket(first, 'taken', ports)
  const again = () => createBucket(second, 'taken', ports)
  if (code) expect(again).toThrow(expect.objectContaining({ code, status: 409 }))
  else expect(again()).toEqual(made)
})

test.each([
  [one, 'eu-central-1', undefined],
  [virginia, undefined, undefined],
  [one, undefined, 'The unspecified location constraint is incompatible'],
  [one, 'eu-west-1', 'The eu-west-1 location constraint is incompatible'],
])('a call to $region with the constraint %s', async (caller, LocationConstraint, message) => {
  const ports = fakePorts()
  const input = { Bucket: 'located', ...(LocationConstraint && { CreateBucketConfiguration: { LocationConstraint } }) }
  const create = () => createBucketOperation.run(input as never, caller, ports)
  if (message) {
    expect(create).toThrow(message)
    return
  }
  await create()
  const { LocationConstraint: answered } = await getLocation.run({ Bucket: 'located' }, caller, ports)
  expect(answered).toBe(LocationConstraint)
})

test('an account sees its own buckets of every region, by name', async () => {
  const ports = fakePorts()
  for (const name of ['bbb', 'aaa']) createBucket(one, name, ports)
  createBucket(virginia, 'ccc', ports)
  createBucket(other, 'ddd', ports)
  const { Buckets } = await listBuckets.run({}, one, ports)
  expect(Buckets?.map(({ Name, BucketRegion }) => `${Name} ${BucketRegion}`)).toEqual([
    'aaa eu-central-1',
    'bbb eu-central-1',
    'ccc us-east-1',
  ])
})

test("a stack's bucket answers its names, and stays while something is in it", async () => {
  const ports = fakePorts()
  const request = fakeRequest({ VersioningConfiguration: { Status: 'Enabled' as const } })
  const state = await bucket.create(request, ports)
  expect(state.ref).toMatch(/^story-thing-[a-z0-9]{12}$/)
  expect(state.attributes).toMatchObject({
    Arn: `arn:aws:s3:::${state.ref}`,
    DomainName: `${state.ref}.s3.amazonaws.com`,
    RegionalDomainName: `${state.ref}.s3.eu-central-1.amazonaws.com`,
    WebsiteURL: `http://${state.ref}.s3-website.eu-central-1.amazonaws.com`,
  })
  await putObject.run({ Bucket: state.ref, Key: 'a', Body: Buffer.from('a') }, one, ports)
  expect(() => bucket.delete({ ...request, ...state }, ports)).toThrow('The bucket you tried to delete is not empty')
})

test('a stack does not take over a bucket that is there, not even in us-east-1', () => {
  const ports = fakePorts()
  createBucket(virginia, 'taken', ports)
  expect(() => bucket.create(fakeRequest({ BucketName: 'taken' }, { caller: virginia }), ports)).toThrow('taken already exists')
})
