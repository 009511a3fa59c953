import { dnsSuffixOf } from '../aws/scope.ts'
import { AWS_API_ADDRESS, DYNAMODB_ADDRESS, EDGE_FRONT_END, REGIONAL_FRONT_END, S3_ADDRESS } from './public-addresses.ts'
import type { Zone, ZoneRecord } from './zones.ts'

/** An API as its names show it. */
export interface NamedApi {
  readonly id: string
  readonly type: 'EDGE' | 'REGIONAL' | 'PRIVATE'
  /** The endpoints that a private API is associated with, of any account. */
  readonly vpcEndpointIds: readonly string[]
}

/** The front end of a public custom domain name, which DNS records of its owner lead to. */
export interface NamedFrontEnd {
  /** `d-….execute-api.{region}.…`, or CloudFront's `d….cloudfront.net`. */
  readonly name: string
  readonly type: 'EDGE' | 'REGIONAL'
}

/** An available interface endpoint as its names show it. */
export interface NamedEndpoint {
  readonly id: string
  readonly vpcId: string
  /** As in `com.amazonaws.{region}.{service}`. */
  readonly service: string
  /** The letters after the id in its DNS names. */
  readonly suffix: string
  readonly addresses: readonly { readonly zone: string; readonly address: string }[]
  /** The service's names that it answers for in its VPC, wildcards among them; none without private DNS. */
  readonly privateNames: readonly string[]
}

export interface RegionsThings {
  readonly region: string
  readonly apis: readonly NamedApi[]
  /** Of custom domain names. */
  readonly frontEnds?: readonly NamedFrontEnd[]
  readonly endpoints: readonly NamedEndpoint[]
  /** The services that have a name here, such as `lambda`. */
  readonly services: readonly string[]
}

/** What AWS's own zones give out for addresses that may move. */
const TTL = 60

/**
 * The zones that AWS keeps for a region: the service names, the names of APIs, the names of endpoints (public, with private
 * addresses), and what private DNS makes in the endpoints' VPCs.
 */
export function awsZones({ region, apis, frontEnds = [], endpoints, services }: RegionsThings): readonly Zone[] {
  const suffix = dnsSuffixOf(region)
  const apiZone = `execute-api.${region}.${suffix}`
  const [edge, regional] = [frontEnds.filter(({ type }) => type === 'EDGE'), frontEnds.filter(({ type }) => type !== 'EDGE')]
  return [
    publicZone(suffix, 'AWS', serviceNames(region, suffix, services)),
    publicZone(apiZone, 'API Gateway', [
      ...apis.flatMap((api) => defaultName(api, apiZone)),
      ...apis.flatMap((api) => aliases(api, endpoints, apiZone)),
      ...regional.map(({ name }) => addresses(name, [REGIONAL_FRONT_END])),
    ]),
    ...(edge.length > 0
      ? [
          publicZone(
            'cloudfront.net',
            'CloudFront',
            edge.map(({ name }) => addresses(name, [EDGE_FRONT_END])),
          ),
        ]
      : []),
    publicZone(
      `${region}.vpce.${suffix}`,
      'VPC endpoints',
      endpoints.flatMap((one) => endpointNames(one, region, suffix)),
    ),
    ...endpoints.flatMap(privateZones),
  ]
}

/** Service names are given out one by one: a name of no service does not exist. */
function serviceNames(region: string, suffix: string, services: readonly string[]): readonly ZoneRecord[] {
  return services.flatMap((service) => {
    const names = [`${service}.${region}.${suffix}`, `${service}.${suffix}`]
    const buckets = service === 's3' ? names.map((name) => `*.${name}`) : []
    return [...names, ...buckets].map((name) => addresses(name, [OWN_ADDRESSES[service] ?? AWS_API_ADDRESS]))
  })
}

const OWN_ADDRESSES: Readonly<Record<string, string>> = { s3: S3_ADDRESS, dynamodb: DYNAMODB_ADDRESS }

/** A private API has a default name and no record of it: nobody outside of a VPC with private DNS finds it. */
function defaultName({ id, type }: NamedApi, zone: string): readonly ZoneRecord[] {
  if (type === 'PRIVATE') return []
  return [addresses(`${id}.${zone}`, [type === 'EDGE' ? EDGE_FRONT_END : REGIONAL_FRONT_END])]
}

/** Anybody can look up an alias; what it names is a private address. */
function aliases(
  { id, type, vpcEndpointIds }: NamedApi,
  endpoints: readonly NamedEndpoint[],
  zone: string,
): readonly ZoneRecord[] {
  if (type !== 'PRIVATE') return []
  return endpoints
    .filter((endpoint) => endpoint.service === 'execute-api' && vpcEndpointIds.includes(endpoint.id))
    .map((endpoint) => addresses(`${id}-${endpoint.id}.${zone}`, addressesOf(endpoint)))
}

/** One name for all its interfaces, and one for each zone's. */
function endpointNames(endpoint: NamedEndpoint, region: string, suffix: string): readonly ZoneRecord[] {
  const domain = `${endpoint.service.split('.').reverse().join('.')}.${region}.vpce.${suffix}`
  const own = `${endpoint.id}-${endpoint.suffix}`
  return [
    addresses(`${own}.${domain}`, addressesOf(endpoint)),
    ...endpoint.addresses.map(({ zone, address }) => addresses(`${own}-${zone}.${domain}`, [address])),
  ]
}

/**
 * The hidden zones of private DNS. They cover every name of the service in the region, those of public APIs too: what they do not
 * name otherwise leads to the endpoint.
 */
function privateZones(endpoint: NamedEndpoint): readonly Zone[] {
  const apexes = [...new Set(endpoint.privateNames.map((name) => name.replace(/^\*\./, '')))]
  return apexes.map((apex) => ({
    id: `${endpoint.id}/${apex}`,
    name: apex,
    seenBy: [endpoint.vpcId],
    keptBy: `endpoint \`${endpoint.id}\``,
    records: endpoint.privateNames
      .filter((name) => name === apex || name === `*.${apex}`)
      .map((name) => addresses(name, addressesOf(endpoint))),
  }))
}

const addressesOf = (endpoint: NamedEndpoint): readonly string[] => endpoint.addresses.map(({ address }) => address)

const addresses = (name: string, values: readonly string[]): ZoneRecord => ({ name, type: 'A', ttl: TTL, values })

const publicZone = (name: string, keptBy: string, records: readonly ZoneRecord[]): Zone => ({
  id: name,
  name,
  seenBy: 'everybody',
  keptBy,
  records,
})
