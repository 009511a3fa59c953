import { describe, expect, it } from 'vitest'
import { compileEntrance } from './compile-entrance.ts'
import { compileStage } from './compile-stage.ts'
import type { Located, Received, Routed } from './exchange.ts'
import { buildProxyEvent } from './proxy-event.ts'
import { parseTarget } from './request-target.ts'
import { matchRoute } from './route-trie.ts'
import { apiStage, entranceTo, lambdaMethod } from './testing/api-stage.ts'

const NO_BODY = { text: null, isBase64Encoded: false }

function exchangeFor(
  target: string,
  given: { endpointType?: 'EDGE' | 'REGIONAL' | 'PRIVATE'; rawHeaders?: readonly string[] } = {},
): Received & Located & Routed {
  const {
    endpointType = 'PRIVATE',
    rawHeaders = ['Host', 'abcdef1234.execute-api.eu-central-1.amazonaws.com', 'User-Agent', 'curl/8'],
  } = given
  const methods = [lambdaMethod('ANY', '/{proxy+}'), lambdaMethod('ANY', '/hardcoded'), lambdaMethod('GET', '/')]
  const stage = compileStage(apiStage({ snapshot: { endpointType, methods } }))
  const parsed = parseTarget(target)
  const match = matchRoute(stage.routes, parsed.path, 'GET')
  if (!match) throw new Error(`no route for ${target}`)
  return {
    request: {
      method: 'GET',
      target,
      rawHeaders,
      body: new Uint8Array(),
      bodyTooLarge: false,
      clientAddress: '10.0.1.57',
      protocol: 'HTTP/1.1',
    },
    requestId: '11111111-2222-4333-8444-555555555555',
    extendedRequestId: 'JKDXFGwIoAMEZ1A=',
    traceRoot: 'Root=1-63cfc5fa-0123456789abcdef01234567',
    receivedAt: Date.UTC(2023, 0, 24, 11, 50, 18, 7),
    hostname: 'abcdef1234.execute-api.eu-central-1.amazonaws.com',
    target: parsed,
    ...(endpointType === 'PRIVATE' && { entrance: compileEntrance(entranceTo()) }),
    journal: {},
    stage,
    method: match.route,
    pathParameters: match.pathParameters,
  }
}

describe('buildProxyEvent', () => {
  it('has every key that AWS sends for a private request, and no other', () => {
    const event = buildProxyEvent(exchangeFor('/dev/a?x=1'), NO_BODY)
    const host = 'abcdef1234.execute-api.eu-central-1.amazonaws.com'
    const headers = {
      Host: host,
      'User-Agent': 'curl/8',
      'x-amzn-cipher-suite': 'ECDHE-RSA-AES128-GCM-SHA256',
      'x-amzn-tls-version': 'TLSv1.2',
      'x-amzn-vpc-id': 'vpc-0cccccccccccccccc',
      'x-amzn-vpce-config': '1',
      'x-amzn-vpce-id': 'vpce-0aaaaaaaaaaaaaaaa',
      'X-Forwarded-For': '10.0.1.57',
    }
    expect(JSON.parse(JSON.stringify(event))).toEqual({
      resource: '/{proxy+}',
      path: '/a',
      httpMethod: 'GET',
      headers,
      multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      queryStringParameters: { x: '1' },
      multiValueQueryStringParameters: { x: ['1'] },
      pathParameters: { proxy: 'a' },
      stageVariables: null,
      requestContext: {
        resourceId: 'res9',
        resourcePath: '/{proxy+}',
        httpMethod: 'GET',
        extendedRequestId: 'JKDXFGwIoAMEZ1A=',
        requestTime: '24/Jan/2023:11:50:18 +0000',
        path: '/dev/a',
        accountId: '210987654321',
        protocol: 'HTTP/1.1',
        stage: 'dev',
        domainPrefix: 'abcdef1234',
        requestTimeEpoch: 1674561018007,
        requestId: '11111111-2222-4333-8444-555555555555',
        identity: {
          cognitoIdentityPoolId: null,
          cognitoIdentityId: null,
          vpceId: 'vpce-0aaaaaaaaaaaaaaaa',
          principalOrgId: null,
          cognitoAuthenticationType: null,
          userArn: null,
          userAgent: 'curl/8',
          accountId: null,
          caller: null,
          sourceIp: '10.0.1.57',
          accessKey: null,
          vpcId: 'vpc-0cccccccccccccccc',
          cognitoAuthenticationProvider: null,
          user: null,
        },
        domainName: host,
        deploymentId: 'dep123',
        apiId: 'abcdef1234',
      },
      body: null,
      isBase64Encoded: false,
    })
  })

  // Recorded from AWS.
  it.each([
    ['/dev/proxy-value', '/proxy-value', '/dev/proxy-value', { proxy: 'proxy-value' }],
    ['/dev/proxy-value/', '/proxy-value/', '/dev/proxy-value/', { proxy: 'proxy-value' }],
    [
      '/dev/proxy-value//double-slash',
      '/proxy-value//double-slash',
      '/dev/proxy-value//double-slash',
      { proxy: 'proxy-value//double-slash' },
    ],
    ['//dev/proxy-value', '/proxy-value', '/dev/proxy-value', { proxy: 'proxy-value' }],
    ['/dev//proxy-value', '/proxy-value', '/dev//proxy-value', { proxy: 'proxy-value' }],
    ['/dev//hardcoded', '/hardcoded', '/dev//hardcoded', null],
    ['/dev', '/', '/dev', null],
    ['/dev/', '/', '/dev/', null],
    [
      '/dev/user/test%2Balias@gmail.com/plus/test+alias',
      '/user/test%2Balias@gmail.com/plus/test+alias',
      '/dev/user/test%2Balias@gmail.com/plus/test+alias',
      { proxy: 'user/test%2Balias@gmail.com/plus/test+alias' },
    ],
  ])('takes %s apart', (target, path, fullPath, pathParameters) => {
    const event = buildProxyEvent(exchangeFor(target), NO_BODY)
    expect(event).toMatchObject({ path, pathParameters, requestContext: { path: fullPath } })
  })

  // Recorded from AWS.
  it.each([
    ['dateTimeOffset=2023-06-12T18:05:10.123456+00:00', { dateTimeOffset: ['2023-06-12T18:05:10.123456 00:00'] }],
    [
      'email=test%2Balias@gmail.com&plus=test+alias@gmail.com',
      { email: ['test+alias@gmail.com'], plus: ['test alias@gmail.com'] },
    ],
    ['url=https://www.google.com/&whitespace=foo%20bar', { url: ['https://www.google.com/'], whitespace: ['foo bar'] }],
    ['category=electronics&category=books&price=10', { category: ['electronics', 'books'], price: ['10'] }],
    ['zhash=abort/#&ignored=x', { zhash: ['abort/'] }],
    ['flag&empty=&odd=%zz', { flag: [''], empty: [''], odd: ['%zz'] }],
    ['__proto__=1', { ['__proto__']: ['1'] }],
    ['', null],
    ['&', null],
  ])('decodes the query %s', (query, expected) => {
    const event = JSON.parse(JSON.stringify(buildProxyEvent(exchangeFor(`/dev/a?${query}`), NO_BODY)))
    const last = expected && Object.fromEntries(Object.entries(expected).map(([name, values]) => [name, values.at(-1)]))
    expect(event.multiValueQueryStringParameters).toEqual(expected)
    expect(event.queryStringParameters).toEqual(last)
  })

  it('keeps the letters of header names, drops those of the connection, and believes no client about its endpoint', () => {
    const rawHeaders = ['Host', 'h', 'tEsT-HEADeR', 'aValUE', 'authorization', 'a', 'a', '1', 'a', '2']
    const dropped = [
      'Connection',
      'Content-Length',
      'Content-MD5',
      'Expect',
      'Max-Forwards',
      'Proxy-Authenticate',
      'Server',
      'TE',
    ]
    dropped.push('Trailer', 'Transfer-Encoding', 'Upgrade', 'WWW-Authenticate')
    rawHeaders.push(...dropped.flatMap((name) => [name, 'x']), 'X-AMZN-VPCE-ID', 'vpce-f0rged', 'X-Forwarded-For', '1.2.3.4')
    const event = buildProxyEvent(exchangeFor('/dev/a', { rawHeaders }), NO_BODY) as {
      headers: object
      multiValueHeaders: object
    }
    expect(event.headers).toMatchObject({
      'tEsT-HEADeR': 'aValUE',
      authorization: 'a',
      a: '2',
      'x-amzn-vpce-id': 'vpce-0aaaaaaaaaaaaaaaa',
    })
    expect(event.headers).toMatchObject({ 'X-Forwarded-For': '1.2.3.4, 10.0.1.57' })
    expect(event.multiValueHeaders).toMatchObject({ a: ['1', '2'] })
    for (const name of [...dropped, 'X-AMZN-VPCE-ID']) expect(event.headers).not.toHaveProperty(name)
  })

  it('shows a public request as the public front end does', () => {
    const event = buildProxyEvent(
      exchangeFor('/dev/a', { endpointType: 'REGIONAL', rawHeaders: ['host', 'h', 'authorization', 'x'] }),
      NO_BODY,
    )
    const { headers, requestContext } = event as { headers: object; requestContext: { identity: object } }
    expect(headers).toEqual({
      host: 'h',
      authorization: 'x',
      'X-Amzn-Trace-Id': 'Root=1-63cfc5fa-0123456789abcdef01234567',
      'X-Forwarded-For': '10.0.1.57',
      'X-Forwarded-Port': '443',
      'X-Forwarded-Proto': 'https',
    })
    expect(Object.keys(requestContext.identity)).not.toContain('vpceId')
  })

  it('writes the usual names as CloudFront does, for an edge-optimized API', () => {
    const rawHeaders = ['host', 'h', 'aUThorization', 'x', 'foobar', 'y']
    const event = buildProxyEvent(exchangeFor('/dev/a', { endpointType: 'EDGE', rawHeaders }), NO_BODY)
    expect(event['headers']).toMatchObject({ Host: 'h', Authorization: 'x', foobar: 'y', 'CloudFront-Forwarded-Proto': 'https' })
  })
})
