import { describe, expect, it } from 'vitest'
import { awsZones, type NamedEndpoint, type RegionsThings } from './aws-names.ts'
import type { Vantage } from './network.ts'
import { AWS_API_ADDRESS, EDGE_FRONT_END, REGIONAL_FRONT_END, S3_ADDRESS } from './public-addresses.ts'
import { resolve } from './resolve.ts'
import { network } from './testing/two-vpcs.ts'

const SUFFIX = 'execute-api.eu-central-1.amazonaws.com'

const endpoint: NamedEndpoint = {
  id: 'vpce-1',
  vpcId: 'vpc-app',
  service: 'execute-api',
  suffix: 'abcdefgh',
  addresses: [
    { zone: 'eu-central-1a', address: '10.0.1.20' },
    { zone: 'eu-central-1b', address: '10.0.2.20' },
  ],
  privateNames: [SUFFIX, `*.${SUFFIX}`],
}
const things: RegionsThings = {
  region: 'eu-central-1',
  apis: [
    { id: 'edge', type: 'EDGE', vpcEndpointIds: [] },
    { id: 'regional', type: 'REGIONAL', vpcEndpointIds: [] },
    { id: 'private', type: 'PRIVATE', vpcEndpointIds: ['vpce-1'] },
    { id: 'alone', type: 'PRIVATE', vpcEndpointIds: [] },
  ],
  frontEnds: [
    { name: `d-name.${SUFFIX}`, type: 'REGIONAL' },
    { name: 'dname.cloudfront.net', type: 'EDGE' },
  ],
  endpoints: [endpoint],
  services: ['s3', 'lambda'],
}

const internet: Vantage = { kind: 'internet' }
const inVpc: Vantage = { kind: 'subnet', subnetId: 'subnet-clients', address: 0, groupIds: [], public: false }
const BOTH = '10.0.1.20 10.0.2.20'
const VPCE = 'execute-api.eu-central-1.vpce.amazonaws.com'

/** The matrix of what a client sees: the same name from the internet, from a VPC whose endpoint has no private DNS, and with it. */
describe('the names that AWS gives out', () => {
  it.each([
    ['an edge-optimized API', `edge.${SUFFIX}`, EDGE_FRONT_END, EDGE_FRONT_END, BOTH],
    ['a regional API', `regional.${SUFFIX}`, REGIONAL_FRONT_END, REGIONAL_FRONT_END, BOTH],
    ['a private API', `private.${SUFFIX}`, 'NXDOMAIN', 'NXDOMAIN', BOTH],
    ['no API', `foo.${SUFFIX}`, 'NXDOMAIN', 'NXDOMAIN', BOTH],
    ['the apex', SUFFIX, 'NODATA', 'NODATA', BOTH],
    ['the alias of an associated API', `private-vpce-1.${SUFFIX}`, BOTH, BOTH, BOTH],
    ['the alias of an API that is not associated', `alone-vpce-1.${SUFFIX}`, 'NXDOMAIN', 'NXDOMAIN', BOTH],
    ['the alias of a public API', `regional-vpce-1.${SUFFIX}`, 'NXDOMAIN', 'NXDOMAIN', BOTH],
    ['the front end of a regional domain name', `d-name.${SUFFIX}`, REGIONAL_FRONT_END, REGIONAL_FRONT_END, BOTH],
    ['that of an edge-optimized one', 'dname.cloudfront.net', EDGE_FRONT_END, EDGE_FRONT_END, EDGE_FRONT_END],
    ['that of nobody', 'other.cloudfront.net', 'NXDOMAIN', 'NXDOMAIN', 'NXDOMAIN'],
    ['the endpoint', `vpce-1-abcdefgh.${VPCE}`, BOTH, BOTH, BOTH],
    ['the endpoint in one zone', `vpce-1-abcdefgh-eu-central-1b.${VPCE}`, '10.0.2.20', '10.0.2.20', '10.0.2.20'],
    ['a name below the endpoint', `api.vpce-1-abcdefgh.${VPCE}`, 'NXDOMAIN', 'NXDOMAIN', 'NXDOMAIN'],
    ['no endpoint', `vpce-2-abcdefgh.${VPCE}`, 'NXDOMAIN', 'NXDOMAIN', 'NXDOMAIN'],
    ['a service', 'lambda.eu-central-1.amazonaws.com', AWS_API_ADDRESS, AWS_API_ADDRESS, AWS_API_ADDRESS],
    ['no service', 'lamda.eu-central-1.amazonaws.com', 'NXDOMAIN', 'NXDOMAIN', 'NXDOMAIN'],
    ['a bucket', 'my.bucket.s3.eu-central-1.amazonaws.com', S3_ADDRESS, S3_ADDRESS, S3_ADDRESS],
  ])('%s', (_what, name, outside, without, withPrivateDns) => {
    const answer = (vantage: Vantage, endpoints: readonly NamedEndpoint[]) => {
      const { outcome, records } = resolve({ ...network, zones: awsZones({ ...things, endpoints }) }, vantage, name, 'A')
      return outcome === 'answer' ? records.map(({ value }) => value).join(' ') : outcome
    }
    const plain = [{ ...endpoint, privateNames: [] }]
    expect([answer(internet, [endpoint]), answer(inVpc, plain), answer(inVpc, [endpoint])]).toEqual([
      outside,
      without,
      withPrivateDns,
    ])
  })
})
