import { describe, expect, it } from 'vitest'
import type { Vantage } from './network.ts'
import { NETWORK_REASON_CODES } from './reason-codes.ts'
import { type NamedNetwork, resolve } from './resolve.ts'
import { address, having, network } from './testing/two-vpcs.ts'
import type { RecordType, Zone, ZoneRecord } from './zones.ts'

const record = (name: string, type: RecordType, ...values: string[]): ZoneRecord => ({ name, type, ttl: 60, values })
const alias = (name: string, aliasTo: string): ZoneRecord => ({ name, type: 'A', aliasTo })

const API = 'execute-api.eu-central-1.amazonaws.com'

const zones: readonly Zone[] = [
  {
    id: 'AWS1',
    name: API,
    seenBy: 'everybody',
    keptBy: 'API Gateway',
    records: [
      record(`public1234.${API}`, 'A', '52.0.0.1'),
      record(`d-abc.${API}`, 'A', '52.0.0.1'),
      record(`priv123456-vpce-1.${API}`, 'A', '10.0.1.20'),
    ],
  },
  {
    id: 'Z1',
    name: API,
    seenBy: ['vpc-app'],
    keptBy: '`vpce-1`',
    records: [record(API, 'A', '10.0.1.20'), record(`*.${API}`, 'A', '10.0.1.20')],
  },
  {
    id: 'Z2',
    name: 'example.com',
    seenBy: 'everybody',
    records: [
      record('www.example.com', 'CNAME', `d-abc.${API}.`),
      alias('api.example.com', `d-abc.${API}`),
      record('loop.example.com', 'CNAME', 'pool.example.com'),
      record('pool.example.com', 'CNAME', 'loop.example.com'),
      alias('nowhere.example.com', `gone.${API}`),
      alias('same.example.com', 'deep.a.b.example.com'),
      record('*.example.com', 'TXT', '"any"'),
      record('deep.a.b.example.com', 'A', '52.0.0.2'),
      record('two.example.com', 'A', '52.0.0.3', '52.0.0.4'),
    ],
  },
  { id: 'Z3', name: 'example.com', seenBy: ['vpc-app'], records: [record('api.example.com', 'A', '10.0.1.20')] },
]

const named: NamedNetwork = { ...network, zones }
const internet: Vantage = { kind: 'internet' }
const subnet = (subnetId: string): Vantage => ({ kind: 'subnet', subnetId, address: 0, groupIds: [], public: false })
const client = subnet('subnet-clients')
const peer = subnet('subnet-other')
const office = (forwardsNames: boolean): Vantage => ({
  kind: 'on-premises',
  address: address('192.168.7.7'),
  vpcId: 'vpc-app',
  forwardsNames,
})
const changed = (change: Parameters<typeof having>[2] & object) => ({ ...having('vpcs', 'vpc-app', change), zones })

/** Without a private zone of the team's own: private DNS of the endpoint alone. */
const withoutPrivateZone: NamedNetwork = { ...named, zones: zones.filter(({ id }) => id !== 'Z3') }

const CASES: readonly [string, Vantage, string, RecordType, string, NamedNetwork?][] = [
  ['a public API from the internet', internet, `public1234.${API}`, 'A', '52.0.0.1'],
  ['a public API from a VPC with private DNS', client, `public1234.${API}`, 'A', '10.0.1.20'],
  ['a public API from another VPC', peer, `public1234.${API}`, 'A', '52.0.0.1'],
  ['a private API from the internet', internet, `priv123456.${API}`, 'A', 'NXDOMAIN'],
  ['a private API from a VPC with private DNS', client, `priv123456.${API}`, 'A', '10.0.1.20'],
  ['the apex from a VPC with private DNS', client, API, 'A', '10.0.1.20'],
  ['an alias of a private API from the internet', internet, `priv123456-vpce-1.${API}`, 'A', '10.0.1.20'],
  ['two labels below a wildcard', client, `a.b.${API}`, 'A', '10.0.1.20'],
  ['a name in capitals with a last dot', internet, `PUBLIC1234.${API.toUpperCase()}.`, 'A', '52.0.0.1'],
  ['another type of a name', internet, `public1234.${API}`, 'AAAA', 'NODATA'],
  ['a type that a wildcard has not', client, `priv123456.${API}`, 'MX', 'NODATA'],
  ['a name of no zone', internet, 'example.org', 'A', 'NXDOMAIN'],
  ['a CNAME', internet, 'www.example.com', 'A', `CNAME d-abc.${API}. 52.0.0.1`],
  ['a CNAME asked for itself', internet, 'www.example.com', 'CNAME', `CNAME d-abc.${API}.`],
  [
    'a CNAME that meets the wildcard of private DNS',
    client,
    'www.example.com',
    'A',
    `CNAME d-abc.${API}. 10.0.1.20`,
    withoutPrivateZone,
  ],
  ['an alias that does not', client, 'api.example.com', 'A', '52.0.0.1', withoutPrivateZone],
  ['a private zone over a public one of the same name', client, 'api.example.com', 'A', '10.0.1.20'],
  ['a name that the private zone lacks: the public one is not asked', client, 'www.example.com', 'A', 'NXDOMAIN'],
  ['an alias within its zone', internet, 'same.example.com', 'A', '52.0.0.2'],
  ['an alias to a name that is gone', internet, 'nowhere.example.com', 'A', 'NODATA'],
  ['a wildcard', internet, 'any.thing.example.com', 'TXT', '"any"'],
  ['a wildcard behind a name that exists for those below it', internet, 'x.a.b.example.com', 'TXT', 'NXDOMAIN'],
  ['a name that exists only for those below it', internet, 'a.b.example.com', 'A', 'NODATA'],
  ['a name above all zones', internet, 'com', 'A', 'NODATA'],
  ['the root', internet, '.', 'NS', 'NODATA'],
  [
    'the SOA of a zone that nobody wrote one',
    internet,
    API,
    'SOA',
    'ns-1536.awsdns-00.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400',
  ],
  ['several values', internet, 'two.example.com', 'A', '52.0.0.3 52.0.0.4'],
  ['an endless chain', internet, 'loop.example.com', 'A', 'SERVFAIL'],
  ['on premises', office(false), `public1234.${API}`, 'A', '52.0.0.1'],
  ['on premises, forwarding to the VPC', office(true), `public1234.${API}`, 'A', '10.0.1.20'],
  ['a VPC without `enableDnsHostnames`', client, `public1234.${API}`, 'A', '52.0.0.1', changed({ dnsHostnames: false })],
  ['a VPC without `enableDnsSupport`', client, `public1234.${API}`, 'A', 'timeout', changed({ dnsSupport: false })],
  ['a VPC with other resolvers', client, `public1234.${API}`, 'A', 'timeout', changed({ nameServers: [1] })],
]

describe('what a name is from where', () => {
  it.each(CASES)('%s', (_what, from, name, type, expected, given = named) => {
    const { outcome, records } = resolve(given, from, name, type)
    const values = records.map((one) => (one.type === 'CNAME' ? `CNAME ${one.value}` : one.value)).join(' ')
    expect(outcome === 'answer' ? values : outcome).toBe(expected)
  })

  it('has a case for each reason', () => {
    const codes = CASES.flatMap(([, from, name, type, , given = named]) => {
      const { because, passed } = resolve(given, from, name, type)
      return [because, ...passed].map(({ code }) => code)
    })
    const all = Object.keys(NETWORK_REASON_CODES).filter((code) => code.startsWith('resolve/'))
    expect(all.filter((code) => !codes.includes(code))).toEqual([])
  })

  it('names the zone and the record that decided', () => {
    expect(resolve(named, client, `public1234.${API}`, 'A').because.text).toBe(
      `the private zone \`${API}\` of \`vpce-1\` answers \`public1234.${API}\` with \`*.${API}\`: A 10.0.1.20`,
    )
    expect(resolve(named, internet, `priv123456.${API}`, 'A').because.text).toBe(
      `the public zone \`${API}\` of API Gateway has no record of \`priv123456.${API}\``,
    )
  })
})
