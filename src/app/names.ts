import { isIPv6 } from 'node:net'
import type { Answer } from '#core/dns/answer-query.ts'
import { awsZones } from '#core/net/aws-names.ts'
import type { Network } from '#core/net/network.ts'
import { AWS_API_ADDRESS, DYNAMODB_ADDRESS, EDGE_FRONT_END, REGIONAL_FRONT_END, S3_ADDRESS } from '#core/net/public-addresses.ts'
import { resolve } from '#core/net/resolve.ts'
import type { Zone, ZoneRecord } from '#core/net/zones.ts'
import type { Records } from '#kit/records.ts'
import { remembered } from '#kit/remembered.ts'
import { domainNames } from '#services/apigateway/domains/domain-names.ts'
import { readApiNames } from '#services/apigateway/read-api-names.ts'
import { readFrontEnds } from '#services/apigateway/read-front-ends.ts'
import { restApis } from '#services/apigateway/rest-apis.ts'
import { VPC_ENDPOINT } from '#services/ec2/kinds.ts'
import { readEndpointNames } from '#services/ec2/read-endpoint-names.ts'
import { regionsOf } from '#services/ec2/regions.ts'
import { services } from '#services/models/services.ts'
import { readZones } from '#services/route53/read-zones.ts'

const SERVICES = services.map(({ service }) => service)
const REGIONS = (['aws', 'aws-cn', 'aws-us-gov'] as const).flatMap((partition) => regionsOf(partition).map(({ name }) => name))

/** Every zone there is: AWS's own of every region, and the hosted zones of every account. */
export function readAllZones(records: Records): readonly Zone[] {
  return [...readAwsZones(records), ...readZones({ records })]
}

function readAwsZones(records: Records): readonly Zone[] {
  const used = [...records.all(restApis), ...records.all(domainNames), ...records.all(VPC_ENDPOINT.table)].map(
    ({ scope }) => scope.region,
  )
  const zones = [...new Set([...REGIONS, ...used])].flatMap((region) =>
    awsZones({
      region,
      apis: readApiNames({ records }, region),
      frontEnds: readFrontEnds({ records }, region),
      endpoints: readEndpointNames({ records }, region),
      services: SERVICES,
    }),
  )
  // All regions are below one domain: its zone is one, with the names of each.
  const joined = new Map<string, Zone>()
  for (const zone of zones) {
    const before = joined.get(zone.id)
    joined.set(zone.id, before ? { ...before, records: before.records.concat(zone.records) } : zone)
  }
  return [...joined.values()]
}

/**
 * The internet's names as a client on this machine can use them: AWS's front ends are the main port, at `host`. The addresses of
 * endpoints stay as they are, private ones of their VPCs.
 */
export function namesOnLoopback(records: Records, host: string): Answer {
  const zones = remembered(records, (seen) => readAllZones(seen).map((zone) => ledTo(host, zone)))
  return (name, type) => resolve({ ...NO_NETWORK, zones: zones() }, { kind: 'internet' }, name, type)
}

const FRONT_ENDS = [AWS_API_ADDRESS, S3_ADDRESS, DYNAMODB_ADDRESS, REGIONAL_FRONT_END, EDGE_FRONT_END]

function ledTo(host: string, zone: Zone): Zone {
  // Whoever listens on every address is on this one too.
  const address = ['0.0.0.0', '::', 'localhost'].includes(host) ? '127.0.0.1' : host
  const led = (record: ZoneRecord): ZoneRecord => {
    if ('aliasTo' in record || record.type !== 'A' || !record.values.some((value) => FRONT_ENDS.includes(value))) return record
    return { ...record, type: isIPv6(address) ? 'AAAA' : 'A', values: [address] }
  }
  return { ...zone, records: zone.records.map(led) }
}

/** The internet looks into no VPC. */
const NO_NETWORK: Network = {
  region: '',
  vpcs: new Map(),
  subnets: new Map(),
  routeTables: new Map(),
  networkAcls: new Map(),
  securityGroups: new Map(),
  prefixLists: new Map(),
  peerings: new Map(),
  natGateways: new Map(),
  interfaces: [],
}
