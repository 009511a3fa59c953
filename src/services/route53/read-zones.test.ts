import { describe, expect, it } from 'vitest'
import { awsZones } from '#core/net/aws-names.ts'
import type { Vantage } from '#core/net/network.ts'
import { EDGE_FRONT_END, REGIONAL_FRONT_END } from '#core/net/public-addresses.ts'
import { resolve } from '#core/net/resolve.ts'
import { network } from '#core/net/testing/two-vpcs.ts'
import type { Change } from '#services/models/route53.ts'
import { createHostedZone } from './hosted-zones.ts'
import { readZones } from './read-zones.ts'
import { changeRecordSets } from './record-sets.ts'
import { aliasChange, change, route53World, scope, stranger } from './testing/route53-world.ts'

const API = 'execute-api.eu-central-1.amazonaws.com'
const ENDPOINT = '10.0.1.20'
const ENDPOINT_NAME = 'vpce-1-abcdefgh.execute-api.eu-central-1.vpce.amazonaws.com'
const CUSTOM_DOMAIN = `d-abcdefghij.${API}`
const CLOUDFRONT = 'd111111abcdef8.cloudfront.net'

const edgeZone = {
  id: 'cloudfront',
  name: 'cloudfront.net',
  seenBy: 'everybody' as const,
  keptBy: 'CloudFront',
  records: [{ name: CLOUDFRONT, type: 'A' as const, ttl: 60, values: [EDGE_FRONT_END] }],
}

/** AWS's own zones: a private API with its endpoint in `vpc-app`, private DNS on, and the names of two custom domains. */
const aws = [
  ...awsZones({
    region: 'eu-central-1',
    apis: [
      { id: 'private', type: 'PRIVATE', vpcEndpointIds: ['vpce-1'] },
      // The name of a regional custom domain lies beside those of APIs.
      { id: 'd-abcdefghij', type: 'REGIONAL', vpcEndpointIds: [] },
    ],
    endpoints: [
      {
        id: 'vpce-1',
        vpcId: 'vpc-app',
        service: 'execute-api',
        suffix: 'abcdefgh',
        addresses: [{ zone: 'eu-central-1a', address: ENDPOINT }],
        privateNames: [API, `*.${API}`],
      },
    ],
    services: [],
  }),
  edgeZone,
]

const internet: Vantage = { kind: 'internet' }
const from = (subnetId: string): Vantage => ({ kind: 'subnet', subnetId, address: 0, groupIds: [], public: false })
const app = from('subnet-clients')
const other = from('subnet-other')

/** A public zone and, of the same name, a private one that `vpc-app` sees. */
function world(...ofThePrivateZone: Change[]) {
  const ports = route53World()
  const open = createHostedZone(scope, { name: 'example.com', callerReference: 'open' }, ports)
  changeRecordSets(
    scope,
    open.id,
    [
      aliasChange('CREATE', 'alias.example.com', `${CUSTOM_DOMAIN}.`),
      change('CREATE', 'cname.example.com', 'CNAME', CUSTOM_DOMAIN),
      change('CREATE', 'edge.example.com', 'CNAME', CLOUDFRONT),
      aliasChange('CREATE', 'edge-alias.example.com', CLOUDFRONT),
      aliasChange('CREATE', 'private.example.com', ENDPOINT_NAME),
      change('CREATE', '*.wild.example.com', 'A', '192.0.2.7'),
      change('CREATE', 'own.example.com', 'A', '192.0.2.8'),
      aliasChange('CREATE', 'same.example.com', 'own.example.com', open.id),
    ],
    ports,
  )
  if (ofThePrivateZone.length > 0) {
    const vpc = { id: 'vpc-app', region: 'eu-central-1' }
    const { id } = createHostedZone(stranger, { name: 'example.com', callerReference: 'closed', vpc }, ports)
    changeRecordSets(stranger, id, ofThePrivateZone, ports)
  }
  const answer = (vantage: Vantage, name: string) => {
    const { outcome, records } = resolve({ ...network, zones: [...aws, ...readZones(ports)] }, vantage, name, 'A')
    return outcome === 'answer' ? records.at(-1)?.value : outcome
  }
  return { ports, answer }
}

describe('names of hosted zones', () => {
  // The last rows of the matrix: an alias keeps out of the endpoint's wildcard, where a CNAME runs into it.
  it.each([
    ['an alias to a regional custom domain', 'alias.example.com', REGIONAL_FRONT_END, REGIONAL_FRONT_END, REGIONAL_FRONT_END],
    ['a CNAME to a regional custom domain', 'cname.example.com', REGIONAL_FRONT_END, REGIONAL_FRONT_END, ENDPOINT],
    ['a CNAME to an edge-optimized one', 'edge.example.com', EDGE_FRONT_END, EDGE_FRONT_END, EDGE_FRONT_END],
    ['an alias to an edge-optimized one', 'edge-alias.example.com', EDGE_FRONT_END, EDGE_FRONT_END, EDGE_FRONT_END],
    ['an alias to an endpoint', 'private.example.com', ENDPOINT, ENDPOINT, ENDPOINT],
    ['a wildcard', 'any.thing.wild.example.com', '192.0.2.7', '192.0.2.7', '192.0.2.7'],
    ['the name above a wildcard', 'wild.example.com', 'NODATA', 'NODATA', 'NODATA'],
    ['an alias within the zone', 'same.example.com', '192.0.2.8', '192.0.2.8', '192.0.2.8'],
    ['no name', 'none.example.com', 'NXDOMAIN', 'NXDOMAIN', 'NXDOMAIN'],
  ])('%s, from the internet, a VPC without an endpoint, and one with private DNS', (_what, name, outside, without, within) => {
    const { answer } = world()
    expect([answer(internet, name), answer(other, name), answer(app, name)]).toEqual([outside, without, within])
  })

  it('are those of the private zone in its VPCs, and no others below it', () => {
    const { answer } = world(aliasChange('CREATE', 'alias.example.com', ENDPOINT_NAME))
    expect([internet, other, app].map((vantage) => answer(vantage, 'alias.example.com'))).toEqual([
      REGIONAL_FRONT_END,
      REGIONAL_FRONT_END,
      ENDPOINT,
    ])
    expect(answer(app, 'own.example.com')).toBe('NXDOMAIN')
  })

  it('of two public zones with one name are those of the older', () => {
    const { ports, answer } = world()
    const { id } = createHostedZone(stranger, { name: 'example.com', callerReference: 'later' }, ports)
    changeRecordSets(stranger, id, [change('CREATE', 'own.example.com', 'A', '192.0.2.66')], ports)
    expect(answer(internet, 'own.example.com')).toBe('192.0.2.8')
  })

  it("are never AWS's own in a public zone", () => {
    const { ports, answer } = world()
    const { id } = createHostedZone(scope, { name: `private.${API}`, callerReference: 'grab' }, ports)
    changeRecordSets(scope, id, [change('CREATE', `private.${API}`, 'A', '192.0.2.66')], ports)
    expect(answer(internet, `private.${API}`)).toBe('NXDOMAIN')
  })

  it('are the same zone until something in it changes', () => {
    const { ports } = world()
    const [before] = readZones(ports)
    expect(readZones(ports)[0]).toBe(before)
    changeRecordSets(scope, before?.id ?? '', [change('UPSERT', 'own.example.com', 'A', '192.0.2.9')], ports)
    expect(readZones(ports)[0]).not.toBe(before)
  })

  it('tell where a template writes what decided', () => {
    const { ports } = world()
    const [zone] = readZones(ports)
    const source = { line: 7, column: 5, path: 'Resources.Name.Properties.ResourceRecords', stack: 'names' }
    changeRecordSets(scope, zone?.id ?? '', [{ ...change('CREATE', 'told.example.com', 'A', '192.0.2.5'), source }], ports)
    const { because } = resolve({ ...network, zones: readZones(ports) }, internet, 'told.example.com', 'A')
    expect(because.evidence).toEqual([{ what: 'record', found: 'told.example.com A 192.0.2.5', source }])
  })
})
