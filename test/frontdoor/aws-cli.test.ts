import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AwsError } from '#core/aws/aws-error.ts'
import { type OpenFrontdoor, openFrontdoor } from '#io/frontdoor/testing/open-frontdoor.ts'
import { seededIds } from '#kit/ids.ts'
import type { AnyOperation } from '#kit/operation.ts'
import { memoryRecords } from '#kit/testing/memory-records.ts'
import { credentialsPort } from '#services/sts/credentials-port.ts'
import assumeRole from '#services/sts/operations/assume-role.ts'
import getCallerIdentity from '#services/sts/operations/get-caller-identity.ts'

const found = spawnSync('aws', ['--version'], { encoding: 'utf8' })
const version = `${found.stdout ?? ''}${found.stderr ?? ''}`.split(' ')[0] ?? ''

// Skips visibly: the tests are listed, and the reason stands in their title.
describe.skipIf(found.status !== 0)(`the real client (${version || 'there is no `aws` command here'})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-aws-cli-'))
  const objects = new Map<string, Uint8Array>()
  let frontdoor: OpenFrontdoor

  beforeAll(async () => {
    const ports = { records: memoryRecords(), ids: seededIds(7) }
    frontdoor = await openFrontdoor(operations(objects), {
      verifySignatures: true,
      secretAccessKey: 'test',
      ports: { ...ports, credentials: credentialsPort(ports), clock: systemClock },
    })
  })
  afterAll(async () => {
    await frontdoor.close()
    rmSync(folder, { recursive: true })
  })

  const aws = async (args: readonly string[], env: Record<string, string> = {}) => {
    const { stdout } = await promisify(execFile)('aws', ['--endpoint-url', frontdoor.endpoint, '--output', 'json', ...args], {
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        AWS_ACCESS_KEY_ID: '111122223333',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_DEFAULT_REGION: 'eu-central-1',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_MAX_ATTEMPTS: '1',
        ...env,
      },
    })
    return stdout === '' ? undefined : (JSON.parse(stdout) as unknown)
  }

  it('query: says who it is, with a key and with a role session', async () => {
    expect(await aws(['sts', 'get-caller-identity'])).toEqual({
      UserId: '111122223333',
      Account: '111122223333',
      Arn: 'arn:aws:iam::111122223333:root',
    })
    const role = 'arn:aws:iam::444455556666:role/path/deploy'
    const { Credentials: issued } = (await aws(['sts', 'assume-role', '--role-arn', role, '--role-session-name', 'me'])) as {
      Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string }
    }
    const session = {
      AWS_ACCESS_KEY_ID: issued.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: issued.SecretAccessKey,
      AWS_SESSION_TOKEN: issued.SessionToken,
    }
    expect(await aws(['sts', 'get-caller-identity'], session)).toEqual({
      UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:me$/),
      Account: '444455556666',
      Arn: 'arn:aws:sts::444455556666:assumed-role/deploy/me',
    })
    await expect(aws(['sts', 'get-caller-identity'], { ...session, AWS_SESSION_TOKEN: 'x' })).rejects.toThrow(
      /InvalidClientTokenId/,
    )
  })

  it('refuses a wrong secret', async () => {
    await expect(aws(['sts', 'get-caller-identity'], { AWS_SECRET_ACCESS_KEY: 'wrong' })).rejects.toThrow(
      /\(SignatureDoesNotMatch\)/,
    )
    await expect(aws(['lambda', 'list-functions'], { AWS_SECRET_ACCESS_KEY: 'wrong' })).rejects.toThrow(
      /\(InvalidSignatureException\)/,
    )
    await expect(aws(['ec2', 'describe-vpcs'], { AWS_SECRET_ACCESS_KEY: 'wrong' })).rejects.toThrow(/\(AuthFailure\)/)
  })

  it('ec2', async () => {
    expect(await aws(['ec2', 'describe-vpcs', '--vpc-ids', 'vpc-1', '--filters', 'Name=tag:k,Values=a,b'])).toEqual({
      Vpcs: [{ VpcId: 'vpc-1', Tags: [{ Key: 'tag:k', Value: 'a,b' }], IsDefault: false }],
    })
    await expect(aws(['ec2', 'describe-subnets'])).rejects.toThrow(/\(NotImplemented\).*`DescribeSubnets` of `ec2`/)
  })

  it('json', async () => {
    expect(await aws(['logs', 'describe-log-groups', '--log-group-name-prefix', '/aws'])).toEqual({
      logGroups: [{ logGroupName: '/aws', creationTime: 7 }],
    })
  })

  it('rest-json', async () => {
    const out = join(folder, 'answer')
    const payload = [
      '--payload',
      '{"x":"é"}',
      ...(version.startsWith('aws-cli/1.') ? [] : ['--cli-binary-format', 'raw-in-base64-out']),
    ]
    expect(await aws(['lambda', 'invoke', '--function-name', 'f:live', ...payload, out])).toEqual({
      StatusCode: 200,
      ExecutedVersion: '3',
    })
    expect(readFileSync(out, 'utf8')).toBe('["f:live","{\\"x\\":\\"é\\"}"]')
    await expect(aws(['lambda', 'get-function', '--function-name', 'f'])).rejects.toThrow(
      /\(ResourceNotFoundException\).*Function not found/,
    )
    expect(await aws(['apigateway', 'get-rest-apis'])).toEqual({
      items: [{ id: 'abc', createdDate: expect.anything(), endpointConfiguration: { types: ['PRIVATE'] } }],
    })
    await expect(
      aws(['apigateway', 'create-rest-api', '--name', 'x', '--endpoint-configuration', 'types=wrong']),
    ).rejects.toThrow(/\(ValidationException\).*Value '\[wrong\]' at 'createRestApiInput.endpointConfiguration.types' failed/)
  })

  it('rest-xml: objects there and back, in one part and in several', async () => {
    for (const size of [5, 9 * 1024 * 1024]) {
      const [from, to] = [join(folder, 'from'), join(folder, 'to')]
      writeFileSync(from, Buffer.alloc(size, 'postern '))
      await aws(['s3', 'cp', '--quiet', from, 's3://bucket/a key/with+signs&more'])
      expect(Buffer.from(objects.get('bucket/a key/with+signs&more') ?? []).equals(readFileSync(from))).toBe(true)
      await aws(['s3', 'cp', '--quiet', 's3://bucket/a key/with+signs&more', to])
      expect(readFileSync(to).equals(readFileSync(from))).toBe(true)
    }
  })
})

const systemClock = { now: () => Date.now(), after: () => () => {}, sleep: async () => {} }

/** Just enough of each service that the client has something to say and to read. */
function operations(objects: Map<string, Uint8Array>): Record<string, AnyOperation['run']> {
  const parts: Uint8Array[] = []
  const runs = {
    'sts.GetCallerIdentity': getCallerIdentity.run,
    'sts.AssumeRole': assumeRole.run,
    'ec2.DescribeVpcs': ({ VpcIds, Filters }: { VpcIds: string[]; Filters: { Name: string; Values: string[] }[] }) => ({
      Vpcs: [
        { VpcId: VpcIds[0], IsDefault: false, Tags: Filters.map(({ Name, Values }) => ({ Key: Name, Value: Values.join() })) },
      ],
    }),
    'logs.DescribeLogGroups': ({ logGroupNamePrefix }: { logGroupNamePrefix: string }) => ({
      logGroups: [{ logGroupName: logGroupNamePrefix, creationTime: 7 }],
    }),
    'lambda.Invoke': ({ FunctionName, Payload }: { FunctionName: string; Payload: Uint8Array }) => ({
      StatusCode: 200,
      ExecutedVersion: '3',
      Payload: Buffer.from(JSON.stringify([FunctionName, Buffer.from(Payload).toString('utf8')])),
    }),
    'lambda.GetFunction': () => {
      throw new AwsError('ResourceNotFoundException', 'Function not found: f')
    },
    'apigateway.GetRestApis': () => ({
      items: [{ id: 'abc', createdDate: new Date('2026-01-01T12:00:00Z'), endpointConfiguration: { types: ['PRIVATE'] } }],
    }),
    'apigateway.CreateRestApi': () => ({}),
    's3.PutObject': ({ Bucket, Key, Body }: { Bucket: string; Key: string; Body: Uint8Array }) => {
      objects.set(`${Bucket}/${Key}`, Body)
      return { ETag: '"x"' }
    },
    's3.CreateMultipartUpload': ({ Bucket, Key }: { Bucket: string; Key: string }) => ({ Bucket, Key, UploadId: 'u/+1' }),
    's3.UploadPart': ({ PartNumber, Body }: { PartNumber: number; Body: Uint8Array }) => {
      parts[PartNumber - 1] = Body
      return { ETag: `"${PartNumber}"` }
    },
    's3.CompleteMultipartUpload': ({
      Bucket,
      Key,
      MultipartUpload,
      UploadId,
    }: {
      Bucket: string
      Key: string
      UploadId: string
      MultipartUpload: { Parts: { PartNumber: number }[] }
    }) => {
      if (UploadId !== 'u/+1') throw new AwsError('NoSuchUpload', UploadId)
      objects.set(
        `${Bucket}/${Key}`,
        Buffer.concat(MultipartUpload.Parts.map(({ PartNumber }) => parts[PartNumber - 1] as Uint8Array)),
      )
      return { Bucket, Key }
    },
    's3.HeadObject': ({ Bucket, Key }: { Bucket: string; Key: string }) => ({
      ContentLength: objects.get(`${Bucket}/${Key}`)?.length,
      LastModified: new Date(0),
      ETag: '"x"',
    }),
    's3.GetObject': ({ Bucket, Key, Range }: { Bucket: string; Key: string; Range?: string }) => {
      const bytes = objects.get(`${Bucket}/${Key}`) as Uint8Array
      const [from = 0, to = bytes.length - 1] =
        /^bytes=(\d+)-(\d*)$/
          .exec(Range ?? '')
          ?.slice(1)
          .map((text) => (text === '' ? undefined : Number(text))) ?? []
      const ContentRange = Range ? `bytes ${from}-${to}/${bytes.length}` : undefined
      return { Body: bytes.subarray(from, to + 1), ContentRange, ETag: '"x"', LastModified: new Date(0) }
    },
  }
  return runs as unknown as Record<string, AnyOperation['run']>
}
