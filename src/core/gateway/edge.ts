import type { Located, Received } from './exchange.ts'

/**
 * What CloudFront, the front end of edge-optimized APIs, does to requests and answers. Names are recorded from AWS; there is no
 * CloudFront here, so the values that tell where a viewer is are those that stand for nowhere.
 */

/** Whether CloudFront is on the way: a custom domain name has a front end of its own, whatever the type of the API behind it. */
export function isThroughEdge({ domain, stage }: Received & Partial<Located>): boolean {
  return (domain?.domain.endpointType ?? stage?.snapshot.endpointType) === 'EDGE'
}

/** CloudFront writes these names its own way; regional and private APIs see what was sent. */
const SPELLING = new Map(
  [
    'Accept',
    'Accept-Charset',
    'Accept-Encoding',
    'Accept-Language',
    'Authorization',
    'Cache-Control',
    'Content-Encoding',
    'Content-Type',
    'Cookie',
    'Date',
    'Host',
    'Origin',
    'Pragma',
    'Range',
    'Referer',
    'User-Agent',
  ].map((name) => [name.toLowerCase(), name]),
)

export function edgeSpelling(name: string): string {
  return SPELLING.get(name.toLowerCase()) ?? name
}

/** The headers that CloudFront adds for the integration. */
export function edgeRequestHeaders(exchange: Received): readonly (readonly [string, string])[] {
  return [
    ['CloudFront-Forwarded-Proto', 'https'],
    ['CloudFront-Is-Desktop-Viewer', 'true'],
    ['CloudFront-Is-Mobile-Viewer', 'false'],
    ['CloudFront-Is-SmartTV-Viewer', 'false'],
    ['CloudFront-Is-Tablet-Viewer', 'false'],
    // The first number for private use (RFC 6996), and the code for no country (ISO 3166).
    ['CloudFront-Viewer-ASN', '64512'],
    ['CloudFront-Viewer-Country', 'ZZ'],
    ['Via', via(exchange)],
    ['X-Amz-Cf-Id', cloudFrontId(exchange)],
  ]
}

/** The headers that CloudFront adds for the client. */
export function edgeAnswerHeaders(exchange: Received, status: number): readonly string[] {
  return [
    'X-Cache',
    status >= 400 ? 'Error from cloudfront' : 'Miss from cloudfront',
    'Via',
    via(exchange),
    'X-Amz-Cf-Pop',
    'LOC50-P1',
    'X-Amz-Cf-Id',
    cloudFrontId(exchange),
  ]
}

/** A distribution's name is 32 hexadecimal digits, and so is a request id without its dashes. */
function via({ requestId }: Received): string {
  return `1.1 ${requestId.replaceAll('-', '')}.cloudfront.net (CloudFront)`
}

/** 56 characters of Base64. */
function cloudFrontId({ requestId, traceRoot }: Received): string {
  return `${(requestId + traceRoot)
    .replaceAll(/[^0-9a-f]/g, '')
    .padEnd(54, '0')
    .slice(0, 54)}==`
}
