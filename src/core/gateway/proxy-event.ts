import type { Located, Received, Routed } from './exchange.ts'
import { forwardedHeaders } from './forwarded-headers.ts'
import { headerOf } from './headers.ts'
import { parseQuery } from './query.ts'

/** The request's body as an event holds it. */
export interface EventBody {
  readonly text: string | null
  readonly isBase64Encoded: boolean
}

/** The event of a Lambda proxy integration, for a REST API: what AWS sends, key for key. */
export function buildProxyEvent(exchange: Received & Located & Routed, body: EventBody): Readonly<Record<string, unknown>> {
  const { request, target, method, pathParameters, stage } = exchange
  const { headers, multiValueHeaders } = forwardedHeaders(exchange)
  const query = parseQuery(target.query)
  return {
    resource: method.method.path,
    path: target.eventPath,
    httpMethod: request.method,
    headers,
    multiValueHeaders,
    queryStringParameters: query?.single ?? null,
    multiValueQueryStringParameters: query?.multi ?? null,
    pathParameters,
    stageVariables: stage.stageVariables,
    requestContext: requestContext(exchange),
    body: body.text,
    isBase64Encoded: body.isBase64Encoded,
  }
}

function requestContext(exchange: Received & Located & Routed): Readonly<Record<string, unknown>> {
  const { request, requestId, extendedRequestId, receivedAt, hostname: domainName, target, stage, method } = exchange
  const { operationName, resourceId, path } = method.method
  const dot = domainName.indexOf('.')
  return {
    resourceId,
    resourcePath: path,
    ...(operationName !== undefined && { operationName }),
    httpMethod: request.method,
    extendedRequestId,
    requestTime: formatRequestTime(receivedAt),
    path: target.fullPath,
    accountId: stage.snapshot.account,
    protocol: request.protocol,
    stage: stage.stage.stageName,
    domainPrefix: dot < 0 ? domainName : domainName.slice(0, dot),
    requestTimeEpoch: receivedAt,
    requestId,
    identity: identity(exchange),
    domainName,
    deploymentId: stage.stage.deploymentId,
    apiId: stage.snapshot.apiId,
  }
}

/** The public set of keys, and for private traffic the endpoint and its VPC. */
function identity({ request, entrance }: Received): Readonly<Record<string, string | null>> {
  const userAgent = headerOf(request.rawHeaders, 'user-agent') ?? null
  return {
    cognitoIdentityPoolId: null,
    cognitoIdentityId: null,
    ...(entrance && { vpceId: entrance.entrance.endpointId }),
    principalOrgId: null,
    cognitoAuthenticationType: null,
    userArn: null,
    userAgent,
    accountId: null,
    caller: null,
    sourceIp: request.clientAddress,
    accessKey: null,
    ...(entrance && { vpcId: entrance.entrance.vpcId }),
    cognitoAuthenticationProvider: null,
    user: null,
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `24/Jan/2023:11:50:18 +0000` */
export function formatRequestTime(milliseconds: number): string {
  const time = new Date(milliseconds)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${two(time.getUTCDate())}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}`
  return `${day}:${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} +0000`
}
