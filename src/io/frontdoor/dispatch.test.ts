import { describe, expect, it } from 'vitest'
import { callOf, destinationOf, destinationOfForm, pathStyle } from './dispatch.ts'
import type { WireRequest } from './exchange.ts'
import { readAuthorization } from './signature/credential.ts'
import { scope } from './testing/open-frontdoor.ts'

interface Given {
  readonly line: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

function request({ line, headers = {}, body = '' }: Given): WireRequest {
  const [method = '', url = ''] = line.split(' ')
  const [path = '', query = ''] = url.split('?')
  return { method, path, query: [...new URLSearchParams(query)], headers, body: Buffer.from(body) }
}

/** `service.Operation {labels}`, as the whole of the dispatch finds it. */
async function dispatched(given: Given): Promise<string> {
  const received = request(given)
  const { entry, protocol } = destinationOfForm(received, destinationOf(received, readAuthorization(received)))
  if (!entry) return 'no service'
  try {
    const { name, labels } = callOf(received, protocol, (await entry.load()).table)
    const said = Object.entries(labels).map(([label, value]) => ` ${label}=${value}`)
    return `${entry.service}.${name}${said.join('')}`
  } catch (error) {
    const { code, message } = error as { code: string; message: string }
    return `${code}: ${message}`
  }
}

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
const s3 = scope('s3')
const lambda = scope('lambda')
const apigateway = scope('apigateway')

describe('the request itself says where it goes', () => {
  it.each<[string, Given, string]>([
    [
      'a signed form',
      { line: 'POST /', headers: { ...form, ...scope('cloudformation') }, body: 'Action=CreateStack' },
      'cloudformation.CreateStack',
    ],
    ['a signed query', { line: 'GET /?Action=DescribeVpcs&Version=2016-11-15', headers: scope('ec2') }, 'ec2.DescribeVpcs'],
    [
      'a presigned query',
      {
        line: `GET /?Action=GetCallerIdentity&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent('AK/20260101/us-east-1/sts/aws4_request')}&X-Amz-SignedHeaders=host&X-Amz-Signature=00`,
      },
      'sts.GetCallerIdentity',
    ],
    ['a target', { line: 'POST /', headers: { 'x-amz-target': 'Logs_20140328.FilterLogEvents' } }, 'logs.FilterLogEvents'],
    [
      'RPC v2',
      { line: 'POST /service/Logs_20140328/operation/PutLogEvents', headers: { 'smithy-protocol': 'rpc-v2-cbor' } },
      'logs.PutLogEvents',
    ],
    [
      'an unsigned form, by its version',
      { line: 'POST /', headers: form, body: 'Action=AssumeRoleWithWebIdentity&Version=2011-06-15' },
      'sts.AssumeRoleWithWebIdentity',
    ],
    ['an unsigned query, by its version', { line: 'GET /?Action=ListRoles&Version=2010-05-08' }, 'iam.ListRoles'],
    ['an unsigned path', { line: 'GET /bucket/key' }, 's3.GetObject Bucket=bucket Key=key'],
    [
      'an unsigned host',
      { line: 'GET /restapis', headers: { host: 'apigateway.eu-central-1.amazonaws.com' } },
      'apigateway.GetRestApis',
    ],
  ])('%s', async (_name, given, expected) => {
    expect(await dispatched(given)).toBe(expected)
  })
})

describe('what AWS says of operations that it does not know', () => {
  it.each<[string, Given, string]>([
    [
      'query',
      { line: 'POST /', headers: { ...form, ...scope('iam') }, body: 'Action=Fly' },
      'InvalidAction: The action Fly is not valid for this web service.',
    ],
    [
      'query, none',
      { line: 'POST /', headers: { ...form, ...scope('iam') }, body: 'Version=1' },
      'MissingAction: The request must contain the parameter Action',
    ],
    [
      'query, a name that every object has',
      { line: 'POST /', headers: { ...form, ...scope('iam') }, body: 'Action=constructor' },
      'InvalidAction: The action constructor is not valid for this web service.',
    ],
    [
      'json',
      { line: 'POST /', headers: { 'x-amz-target': 'Logs_20140328.Fly' } },
      'UnknownOperationException: The operation Fly is not known',
    ],
    ['rest-json', { line: 'GET /nowhere', headers: lambda }, 'UnknownOperationException: Unknown operation'],
    [
      'rest-xml',
      { line: 'POST /bucket/key', headers: s3 },
      'MethodNotAllowed: The specified method is not allowed against this resource.',
    ],
    [
      'a service that has no model',
      { line: 'POST /', headers: { ...form, ...scope('sqs') }, body: 'Action=SendMessage' },
      'no service',
    ],
  ])('%s', async (_name, given, expected) => {
    expect(await dispatched(given)).toBe(expected)
  })
})

describe('operations that share a path differ by what must be there', () => {
  const copy = { ...s3, 'x-amz-copy-source': '/a/b' }
  it.each<[string, Record<string, string>, string]>([
    ['GET /', s3, 's3.ListBuckets'],
    ['GET /b', s3, 's3.ListObjects Bucket=b'],
    ['GET /b/', s3, 's3.ListObjects Bucket=b'],
    ['GET /b?list-type=2&prefix=x', s3, 's3.ListObjectsV2 Bucket=b'],
    ['GET /b?versions', s3, 's3.ListObjectVersions Bucket=b'],
    ['GET /b?uploads', s3, 's3.ListMultipartUploads Bucket=b'],
    ['GET /b?location', s3, 's3.GetBucketLocation Bucket=b'],
    ['GET /b?lifecycle', s3, 's3.GetBucketLifecycleConfiguration Bucket=b'],
    ['POST /b?delete', s3, 's3.DeleteObjects Bucket=b'],
    ['PUT /b', s3, 's3.CreateBucket Bucket=b'],
    ['PUT /b/k', s3, 's3.PutObject Bucket=b Key=k'],
    ['PUT /b/k?x-id=PutObject', s3, 's3.PutObject Bucket=b Key=k'],
    ['PUT /b/k', copy, 's3.CopyObject Bucket=b Key=k'],
    ['PUT /b/k?partNumber=1&uploadId=u', s3, 's3.UploadPart Bucket=b Key=k'],
    ['PUT /b/k?partNumber=1&uploadId=u', copy, 's3.UploadPartCopy Bucket=b Key=k'],
    ['PUT /b/k?tagging', s3, 's3.PutObjectTagging Bucket=b Key=k'],
    ['POST /b/k?uploads', s3, 's3.CreateMultipartUpload Bucket=b Key=k'],
    ['POST /b/k?uploadId=u', s3, 's3.CompleteMultipartUpload Bucket=b Key=k'],
    ['GET /b/k?uploadId=u', s3, 's3.ListParts Bucket=b Key=k'],
    ['DELETE /b/k?uploadId=u', s3, 's3.AbortMultipartUpload Bucket=b Key=k'],
    ['GET /b/a/b%2Fc//d/', s3, 's3.GetObject Bucket=b Key=a/b/c//d/'],
    ['GET /b/../x', s3, 's3.GetObject Bucket=b Key=../x'],
    ['GET /2015-03-31/functions', lambda, 'lambda.ListFunctions'],
    ['GET /2015-03-31/functions/', lambda, 'lambda.ListFunctions'],
    ['POST /2015-03-31/functions/a%3Ab/invocations', lambda, 'lambda.Invoke FunctionName=a:b'],
    ['GET /2015-03-31/functions/f/versions', lambda, 'lambda.ListVersionsByFunction FunctionName=f'],
    ['POST /restapis?mode=import', apigateway, 'apigateway.ImportRestApi'],
    ['POST /restapis', apigateway, 'apigateway.CreateRestApi'],
    ['GET /restapis/a/stages/s', apigateway, 'apigateway.GetStage restapi_id=a stage_name=s'],
    [
      'PUT /tags/arn%3Aaws%3Aapigateway%3A%3A%3A%2Frestapis%2Fa',
      apigateway,
      'apigateway.TagResource resource_arn=arn:aws:apigateway:::/restapis/a',
    ],
  ])('%s %#', async (line, headers, expected) => {
    expect(await dispatched({ line, headers })).toBe(expected)
  })
})

describe('a bucket in the host', () => {
  it.each([
    ['my.bucket.s3.eu-central-1.amazonaws.com', '/k', '/my.bucket/k'],
    ['b.s3.amazonaws.com', '/', '/b'],
    ['b.s3.dualstack.us-east-1.amazonaws.com', '/k', '/b/k'],
    ['b.s3-us-west-2.amazonaws.com', '/k', '/b/k'],
    ['b.s3.localhost:4566', '/k', '/b/k'],
    ['b.localhost:4566', '/k', '/b/k'],
    ['s3.eu-central-1.amazonaws.com', '/b/k', '/b/k'],
    ['s3.localhost:4566', '/b/k', '/b/k'],
    ['localhost:4566', '/b/k', '/b/k'],
    ['127.0.0.1:4566', '/b/k', '/b/k'],
  ])('%s%s', (host, path, expected) => {
    expect(pathStyle({ path, headers: { host } })).toBe(expected)
  })
})
