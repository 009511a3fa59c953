import { afterEach, describe, expect, it, vi } from 'vitest'
import { AwsError } from '#core/aws/aws-error.ts'
import type { Caller } from '#kit/operation.ts'
import { memoryRecords } from '#kit/testing/memory-records.ts'
import { type OpenFrontdoor, openFrontdoor, scope } from './testing/open-frontdoor.ts'

const opened: OpenFrontdoor[] = []
const open = async (...given: Parameters<typeof openFrontdoor>) => {
  const frontdoor = await openFrontdoor(...given)
  opened.push(frontdoor)
  return frontdoor
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
})

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }

describe('who calls', () => {
  const cases = [
    {
      name: 'twelve digits are the account',
      accessKeyId: '111122223333',
      region: 'eu-central-1',
      account: '111122223333',
      partition: 'aws',
    },
    {
      name: 'any other key is the default account',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      region: 'us-west-2',
      account: '000000000000',
      partition: 'aws',
    },
    {
      name: 'the region decides the partition',
      accessKeyId: '111122223333',
      region: 'cn-north-1',
      account: '111122223333',
      partition: 'aws-cn',
    },
  ]
  it.each(cases)('$name', async ({ accessKeyId, region, account, partition }) => {
    const callers: Caller[] = []
    const { call, endpoint } = await open({ 'sts.GetCallerIdentity': (_input, caller) => void callers.push(caller) })
    const headers = { ...FORM, ...scope('sts', { accessKeyId, region }), 'X-Postern-Template-File': 'a.yaml' }
    await call({ headers, body: 'Action=GetCallerIdentity&Version=2011-06-15' })
    expect(callers).toEqual([
      {
        account,
        region,
        partition,
        principalArn: `arn:${partition}:iam::${account}:root`,
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        endpoint,
        headers: { 'x-postern-template-file': 'a.yaml' },
      },
    ])
  })

  it('a key that Postern gave out is whom it was given to', async () => {
    const issued = { account: '444455556666', secretAccessKey: 's', principalArn: 'arn:aws:sts::444455556666:assumed-role/r/f' }
    const credentials = {
      find: (key: string) => (key === 'ASIAX' ? issued : undefined),
      forRole: () => ({ accessKeyId: '', secretAccessKey: '', sessionToken: '' }),
    }
    const run = (_input: unknown, { account, principalArn }: Caller) => ({ Account: account, Arn: principalArn })
    const { call } = await open({ 'sts.GetCallerIdentity': run }, { ports: { credentials } })
    const answer = await call({
      headers: { ...FORM, ...scope('sts', { accessKeyId: 'ASIAX' }) },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    })
    expect(answer.text).toContain('<Arn>arn:aws:sts::444455556666:assumed-role/r/f</Arn>')
    expect(answer.text).toContain('<Account>444455556666</Account>')
  })

  it('an expired session is refused even where signatures are not checked', async () => {
    const find = () => ({ account: '1', secretAccessKey: 's', principalArn: 'p', expires: 0 })
    const credentials = { find, forRole: () => ({ accessKeyId: '', secretAccessKey: '', sessionToken: '' }) }
    const { call } = await open(
      {},
      { ports: { credentials, clock: { now: () => 1, after: () => () => {}, sleep: async () => {} } } },
    )
    const answer = await call({ headers: { ...FORM, ...scope('sts') }, body: 'Action=GetCallerIdentity&Version=2011-06-15' })
    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('<Code>ExpiredToken</Code>') })
  })
})

describe('answers and refusals in each protocol', () => {
  const refuse =
    (code: string, message: string, more = {}) =>
    () => {
      throw new AwsError(code, message, more)
    }

  it('query', async () => {
    const { call } = await open({
      'cloudformation.DescribeStacks': () => ({
        Stacks: [{ StackName: 'a<b', CreationTime: new Date(0), StackStatus: 'CREATE_COMPLETE' }],
      }),
      'cloudformation.DeleteStack': () => undefined,
      'cloudformation.CreateStack': refuse('AlreadyExistsException', 'Stack [a] already exists'),
    })
    const send = (action: string) =>
      call({ headers: { ...FORM, ...scope('cloudformation') }, body: `Action=${action}&Version=2010-05-15&StackName=a` })
    const described = await send('DescribeStacks')
    const id = described.headers['x-amzn-requestid']
    expect(described).toMatchObject({ status: 200, headers: { 'content-type': 'text/xml' } })
    expect(described.text).toBe(
      '<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>' +
        '<StackName>a&lt;b</StackName><CreationTime>1970-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus>' +
        `</member></Stacks></DescribeStacksResult><ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></DescribeStacksResponse>`,
    )
    expect((await send('DeleteStack')).text).toMatch(/^<DeleteStackResponse xmlns="[^"]+"><ResponseMetadata>/)
    const refused = await send('CreateStack')
    expect(refused.status).toBe(400)
    expect(refused.text).toBe(
      '<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>AlreadyExistsException</Code>' +
        `<Message>Stack [a] already exists</Message></Error><RequestId>${refused.headers['x-amzn-requestid']}</RequestId></ErrorResponse>`,
    )
  })

  it('ec2', async () => {
    const inputs: unknown[] = []
    const { call } = await open({
      'ec2.DescribeVpcs': (input) => {
        inputs.push(input)
        return { Vpcs: [{ VpcId: 'vpc-1', IsDefault: false, Tags: [{ Key: 'k', Value: 'v' }] }] }
      },
      'ec2.DeleteVpc': refuse('InvalidVpcID.NotFound', "The vpc ID 'vpc-9' does not exist"),
    })
    const headers = { ...FORM, ...scope('ec2') }
    const described = await call({
      headers,
      body: 'Action=DescribeVpcs&Version=2016-11-15&VpcId.1=vpc-1&VpcId.2=vpc-2&Filter.1.Name=tag%3Ak&Filter.1.Value.1=v',
    })
    expect(inputs).toEqual([{ VpcIds: ['vpc-1', 'vpc-2'], Filters: [{ Name: 'tag:k', Values: ['v'] }] }])
    expect(described.text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">' +
        `<requestId>${described.headers['x-amzn-requestid']}</requestId><vpcSet><item>` +
        '<isDefault>false</isDefault><tagSet><item><key>k</key><value>v</value></item></tagSet><vpcId>vpc-1</vpcId></item></vpcSet></DescribeVpcsResponse>',
    )
    const refused = await call({ headers, body: 'Action=DeleteVpc&Version=2016-11-15&VpcId=vpc-9' })
    expect(refused.status).toBe(400)
    expect(refused.text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code>' +
        "<Message>The vpc ID 'vpc-9' does not exist</Message></Error></Errors>" +
        `<RequestID>${refused.headers['x-amzn-requestid']}</RequestID></Response>`,
    )
  })

  it('json', async () => {
    const { call } = await open({
      'logs.DescribeLogGroups': (input) => ({
        logGroups: [{ logGroupName: (input as { logGroupNamePrefix: string }).logGroupNamePrefix, creationTime: 5 }],
      }),
      'logs.DeleteLogGroup': refuse('ResourceNotFoundException', 'The specified log group does not exist.'),
    })
    const send = (operation: string, body: unknown) =>
      call({ headers: { ...scope('logs'), 'X-Amz-Target': `Logs_20140328.${operation}` }, body: JSON.stringify(body) })
    expect(await send('DescribeLogGroups', { logGroupNamePrefix: '/a' })).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      text: '{"logGroups":[{"logGroupName":"/a","creationTime":5}]}',
    })
    expect(await send('DeleteLogGroup', { logGroupName: '/a' })).toMatchObject({
      status: 400,
      text: '{"__type":"ResourceNotFoundException","message":"The specified log group does not exist."}',
    })
    expect(await send('DeleteLogGroup', { logGroupName: 5 })).toMatchObject({
      status: 400,
      text: '{"__type":"SerializationException","message":"NUMBER_VALUE can not be converted to a String"}',
    })
  })

  it('rest-json', async () => {
    const { call } = await open({
      'lambda.Invoke': () => ({ StatusCode: 202, ExecutedVersion: '$LATEST', Payload: Buffer.from('{"a":1}') }),
      'lambda.GetFunction': refuse('ResourceNotFoundException', 'Function not found: arn'),
      'lambda.DeleteFunction': () => ({ StatusCode: 204 }),
    })
    const headers = scope('lambda')
    expect(await call({ path: '/2015-03-31/functions/f/invocations', headers, body: '{}' })).toMatchObject({
      status: 202,
      headers: { 'x-amz-executed-version': '$LATEST' },
      text: '{"a":1}',
    })
    expect(await call({ method: 'GET', path: '/2015-03-31/functions/f', headers })).toMatchObject({
      status: 404,
      headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
      text: '{"Message":"Function not found: arn","Type":"User"}',
    })
    const deleted = await call({ method: 'DELETE', path: '/2015-03-31/functions/f', headers })
    expect(deleted).toMatchObject({ status: 204, text: '' })
    expect(deleted.headers['content-type']).toBeUndefined()
  })

  it('rest-xml', async () => {
    const { call } = await open({
      's3.ListObjectsV2': () => ({
        Name: 'b',
        KeyCount: 1,
        IsTruncated: false,
        Contents: [{ Key: 'a&b', Size: 3, LastModified: new Date(0) }],
      }),
      's3.GetBucketLocation': () => ({ LocationConstraint: 'eu-central-1' }),
      's3.GetObject': (input) =>
        (input as { Range?: string }).Range
          ? { Body: streamed('bc'), ContentRange: 'bytes 1-2/3', ContentLength: 2 }
          : { Body: Buffer.from('abc'), ContentType: 'text/plain', LastModified: new Date(0), Metadata: { one: '1' } },
      's3.HeadObject': () => ({ ContentLength: 3, ETag: '"x"' }),
      's3.HeadBucket': refuse('NotFound', 'Not Found', { status: 404 }),
      's3.DeleteObject': refuse('NoSuchBucket', 'The specified bucket does not exist', {
        status: 404,
        fields: { BucketName: 'b' },
      }),
    })
    const headers = scope('s3')
    const listed = await call({ method: 'GET', path: '/b?list-type=2', headers })
    expect(listed.text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated>' +
        '<Contents><Key>a&amp;b</Key><LastModified>1970-01-01T00:00:00Z</LastModified><Size>3</Size></Contents><Name>b</Name><KeyCount>1</KeyCount></ListBucketResult>',
    )
    expect((await call({ method: 'GET', path: '/b?location', headers })).text).toMatch(
      /<LocationConstraint xmlns="[^"]+">eu-central-1<\/LocationConstraint>$/,
    )
    expect(await call({ method: 'GET', path: '/b/a', headers })).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/plain',
        'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT',
        'x-amz-meta-one': '1',
        'x-amz-request-id': expect.stringMatching(/^[0-9A-Z]{16}$/),
        'x-amz-id-2': expect.any(String),
      },
      text: 'abc',
    })
    expect(await call({ method: 'GET', path: '/b/a', headers: { ...headers, range: 'bytes=1-2' } })).toMatchObject({
      status: 206,
      headers: { 'content-range': 'bytes 1-2/3', 'content-length': '2' },
      text: 'bc',
    })
    expect(await call({ method: 'HEAD', path: '/b/a', headers })).toMatchObject({
      status: 200,
      headers: { 'content-length': '3', etag: '"x"' },
      text: '',
    })
    expect(await call({ method: 'HEAD', path: '/b', headers })).toMatchObject({ status: 404, text: '' })
    const refused = await call({ method: 'DELETE', path: '/b/a', headers })
    expect(refused.text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message><BucketName>b</BucketName>' +
        `<RequestId>${refused.headers['x-amz-request-id']}</RequestId><HostId>${refused.headers['x-amz-id-2']}</HostId></Error>`,
    )
  })

  it('rest-xml of Route 53: without the ways of S3', async () => {
    const { call } = await open({
      'route53.ListHostedZones': () => ({ HostedZones: [], IsTruncated: false, MaxItems: '100' }),
      'route53.GetHostedZone': refuse('NoSuchHostedZone', 'No hosted zone found with ID: Z1'),
      'route53.CreateHostedZone': () => ({}),
    })
    const headers = { ...scope('route53'), host: 'route53.localhost' }
    const namespace = 'https://route53.amazonaws.com/doc/2013-04-01/'
    expect(await call({ method: 'GET', path: '/2013-04-01/hostedzone', headers })).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/) },
      text: `<?xml version="1.0" encoding="UTF-8"?>\n<ListHostedZonesResponse xmlns="${namespace}"><HostedZones/><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesResponse>`,
    })
    const refused = await call({ method: 'GET', path: '/2013-04-01/hostedzone/Z1', headers })
    expect(refused.status).toBe(404)
    expect(refused.text).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>NoSuchHostedZone</Code>` +
        `<Message>No hosted zone found with ID: Z1</Message></Error><RequestId>${refused.headers['x-amzn-requestid']}</RequestId></ErrorResponse>`,
    )
    const body = `<CreateHostedZoneRequest xmlns="${namespace}"><Name>example.com</Name></CreateHostedZoneRequest>`
    const invalid = await call({ method: 'POST', path: '/2013-04-01/hostedzone', headers, body })
    expect(invalid.text).toContain(
      "<Code>InvalidInput</Code><Message>1 validation error detected: Value null at 'callerReference' failed to satisfy constraint: Member must not be null</Message>",
    )
    expect((await call({ method: 'GET', path: '/2013-04-01/nothing', headers })).text).toContain('UnknownOperationException')
  })
})

async function* streamed(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part)
}

describe('what is not there', () => {
  const cases = [
    {
      name: 'operation, ec2',
      service: 'ec2',
      body: 'Action=RunInstances&Version=2016-11-15',
      said: 'the operation `RunInstances` of `ec2`',
    },
    {
      name: 'operation, wanted',
      service: 'iam',
      body: 'Action=CreateUser&Version=2010-05-08',
      said: 'the operation `CreateUser` of `iam`',
    },
    { name: 'service', service: 'elasticache', body: 'Action=DescribeCacheClusters', said: 'the service `elasticache`' },
  ]
  it.each(cases)('$name', async ({ service, body, said }) => {
    const { call } = await open({})
    const answer = await call({ headers: { ...FORM, ...scope(service) }, body })
    expect(answer.status).toBe(501)
    expect(answer.text).toContain(`<Code>NotImplemented</Code><Message>Postern does not implement ${said}</Message>`)
  })

  it('a JSON service', async () => {
    const { call } = await open({})
    const headers = { ...scope('dynamodb'), 'x-amz-target': 'DynamoDB_20120810.ListTables' }
    expect(await call({ headers, body: '{}' })).toMatchObject({
      status: 501,
      text: '{"__type":"NotImplemented","message":"Postern does not implement the service `dynamodb`"}',
    })
  })
})

describe('faults of ours', () => {
  it('show an id, and nothing else', async () => {
    const { call, faults } = await open({
      'sts.GetCallerIdentity': () => {
        throw new TypeError('secret of the implementation')
      },
    })
    const answer = await call({ headers: { ...FORM, ...scope('sts') }, body: 'Action=GetCallerIdentity&Version=2011-06-15' })
    expect(answer.status).toBe(500)
    expect(answer.text).toContain('<Type>Receiver</Type><Code>InternalFailure</Code>')
    expect(answer.text).not.toContain('secret')
    expect(faults).toMatchObject([
      { requestId: answer.headers['x-amzn-requestid'], error: { message: 'secret of the implementation' } },
    ])
  })

  it('break a streamed answer off, so that nobody takes it for whole', async () => {
    async function* failing() {
      yield Buffer.from('a')
      throw new Error('the disk is gone')
    }
    const { call, faults } = await open({ 's3.GetObject': () => ({ Body: failing(), ContentLength: 2 }) })
    await expect(call({ method: 'GET', path: '/b/k', headers: scope('s3') })).rejects.toThrow()
    await vi.waitFor(() => expect(faults).toMatchObject([{ error: { message: 'the disk is gone' } }]))
  })
})

it('an answer is given only after what was written is durable', async () => {
  const order: string[] = []
  const records = { ...memoryRecords(), flush: async () => void order.push('flush') }
  const { call } = await open({ 'sts.GetCallerIdentity': () => void order.push('run') }, { ports: { records } })
  await call({ headers: { ...FORM, ...scope('sts') }, body: 'Action=GetCallerIdentity&Version=2011-06-15' })
  order.push('answered')
  expect(order).toEqual(['run', 'flush', 'answered'])
})

describe('bodies', () => {
  it('are refused before they cost memory', async () => {
    const { call } = await open({})
    const answer = await call({ headers: { ...FORM, ...scope('sts') }, body: 'x'.repeat(3 * 1024 * 1024) })
    expect(answer).toMatchObject({
      status: 413,
      headers: { connection: 'close' },
      text: expect.stringContaining('<Code>RequestEntityTooLarge</Code>'),
    })
  })

  it.each([
    ['Content-MD5', { 'content-md5': Buffer.alloc(16).toString('base64') }, 'BadDigest'],
    ['a Content-MD5 that is none', { 'content-md5': 'x' }, 'InvalidDigest'],
    ['CRC32', { 'x-amz-checksum-crc32': 'AAAAAA==' }, 'BadDigest'],
    ['CRC64NVME', { 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=' }, 'BadDigest'],
  ])('with a wrong %s are refused', async (_name, headers, code) => {
    const { call } = await open({ 's3.PutObject': () => ({}) })
    const answer = await call({ method: 'PUT', path: '/b/k', headers: { ...scope('s3'), ...headers }, body: 'abc' })
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining(`<Code>${code}</Code>`) })
  })

  it('in chunks arrive joined, with their trailing checksum among the members', async () => {
    const inputs: Record<string, unknown>[] = []
    const { call } = await open({ 's3.PutObject': (input) => void inputs.push(input) })
    const headers = {
      ...scope('s3'),
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '11',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    }
    const send = (body: string) => call({ method: 'PUT', path: '/b/k', headers, body })
    expect((await send('6\r\nhello \r\n5\r\nworld\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n')).status).toBe(200)
    expect(inputs).toMatchObject([{ Bucket: 'b', Key: 'k', ChecksumCRC32: 'DUoRhQ==', ContentLength: 11 }])
    expect(Buffer.from(inputs[0]?.['Body'] as Uint8Array).toString()).toBe('hello world')
    expect(inputs[0]?.['ContentEncoding']).toBeUndefined()
    expect((await send('6\r\nhello \r\n5\r\nworlx\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n')).text).toContain(
      '<Code>BadDigest</Code>',
    )
    expect((await send('6\r\nhello \r\n0\r\n\r\n')).text).toContain('<Code>IncompleteBody</Code>')
    expect((await send('6\r\nhel')).text).toContain('<Code>IncompleteBody</Code>')
  })
})
