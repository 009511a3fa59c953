import { describe, expect, it } from 'vitest'
import type { Network, Vantage } from './network.ts'
import { reach } from './reach.ts'
import { NETWORK_REASON_CODES } from './reason-codes.ts'
import { address, ENDPOINT, entry, having, network, PEER_HOST, route } from './testing/two-vpcs.ts'

const internet: Vantage = { kind: 'internet' }
const inSubnet = (subnetId: string, at: string, ...groupIds: string[]): Vantage => ({
  kind: 'subnet',
  subnetId,
  address: address(at),
  groupIds,
  public: false,
})
const client = inSubnet('subnet-clients', '10.0.2.40', 'sg-client')
const neighbour = inSubnet('subnet-private', '10.0.1.40', 'sg-client')
const peer = inSubnet('subnet-other', '10.1.1.40', 'sg-client')
const office: Vantage = { kind: 'on-premises', address: address('192.168.7.7'), vpcId: 'vpc-app', forwardsNames: false }

const acl = (...entries: string[]) => having('networkAcls', 'acl-default', { entries: entries.map(entry) })
const routes = (id: string, ...list: ReturnType<typeof route>[]) => having('routeTables', id, { routes: list })
const local = route('10.0.0.0/16', { kind: 'local' })
const openIn = '100 ingress allow all 0.0.0.0/0'
const openOut = '100 egress allow all 0.0.0.0/0'

const CASES: readonly [string, Vantage, string, number, string, string, Network?][] = [
  ['an endpoint from another subnet', client, ENDPOINT, 443, 'open', 'reach/listens'],
  ['an endpoint from its own subnet', neighbour, ENDPOINT, 443, 'open', 'reach/listens'],
  ['port 80 of an endpoint whose group lets it in', client, ENDPOINT, 80, 'refused', 'reach/nothing-listens'],
  ['a port that the group does not let in', client, ENDPOINT, 8443, 'timeout', 'reach/no-group-ingress'],
  [
    'with a group that lets nothing out',
    inSubnet('subnet-clients', '10.0.2.40', 'sg-closed'),
    ENDPOINT,
    443,
    'timeout',
    'reach/no-group-egress',
  ],
  ['an address that nobody has', client, '10.0.1.99', 443, 'timeout', 'reach/nobody-there'],
  ['an address in no subnet', client, '10.0.200.1', 443, 'timeout', 'reach/nobody-there'],
  ['an endpoint from a peered VPC', peer, ENDPOINT, 443, 'open', 'reach/listens'],
  ['a host in the peered VPC, by a group of ours', client, PEER_HOST, 8080, 'open', 'reach/listens'],
  [
    'with the peering not accepted',
    peer,
    ENDPOINT,
    443,
    'unreachable',
    'reach/peering-inactive',
    having('peerings', 'pcx-1', { state: 'pending-acceptance' }),
  ],
  [
    'with no route back through the peering',
    client,
    PEER_HOST,
    8080,
    'timeout',
    'reach/no-way-back',
    routes('rtb-other', route('10.1.0.0/16', { kind: 'local' })),
  ],
  [
    'beyond the peered VPC',
    client,
    '10.2.0.1',
    443,
    'unreachable',
    'reach/beyond-peering',
    routes('rtb-private', local, route('10.2.0.0/16', { kind: 'peering', id: 'pcx-1' })),
  ],
  ['with no route', client, PEER_HOST, 8080, 'unreachable', 'reach/no-route', routes('rtb-private', local)],
  [
    'with a route whose target is gone',
    client,
    PEER_HOST,
    8080,
    'unreachable',
    'reach/blackhole',
    routes('rtb-private', local, route('10.1.0.0/16', { kind: 'blackhole', id: 'pcx-9' })),
  ],
  ['the internet through a NAT gateway', client, '52.1.2.3', 443, 'open', 'reach/internet'],
  [
    'the internet through a NAT gateway without one',
    client,
    '52.1.2.3',
    443,
    'timeout',
    'reach/nat-without-internet',
    having('natGateways', 'nat-1', { connectivity: 'private' }),
  ],
  ['a private address by way of the internet', client, '172.20.0.1', 443, 'unreachable', 'reach/private-address'],
  [
    'the internet without a public address',
    inSubnet('subnet-public', '10.0.9.40', 'sg-client'),
    '52.1.2.3',
    443,
    'timeout',
    'reach/no-public-address',
  ],
  [
    'the internet with a public address',
    { ...inSubnet('subnet-public', '10.0.9.40', 'sg-client'), public: true } as Vantage,
    '52.1.2.3',
    443,
    'open',
    'reach/internet',
  ],
  ['S3 through its gateway endpoint', client, '52.219.1.1', 443, 'open', 'reach/service'],
  [
    'an address that is not the service’s, through its gateway endpoint',
    client,
    '52.1.2.3',
    443,
    'unreachable',
    'reach/not-the-service',
    routes('rtb-private', local, route('0.0.0.0/0', { kind: 'gateway-endpoint', id: 'vpce-s3' })),
  ],
  ['a network of one’s own', client, '192.168.7.7', 443, 'timeout', 'reach/on-premises'],
  [
    'an endpoint from on premises, with no route back',
    office,
    ENDPOINT,
    443,
    'timeout',
    'reach/no-way-back',
    routes('rtb-private', local),
  ],
  ['an endpoint from on premises, whose group does not know it', office, ENDPOINT, 443, 'timeout', 'reach/no-group-ingress'],
  ['the internet from on premises', office, '52.1.2.3', 443, 'open', 'reach/internet'],
  ['a private address from the internet', internet, ENDPOINT, 443, 'unreachable', 'reach/private-address'],
  ['the internet from the internet', internet, '52.1.2.3', 443, 'open', 'reach/internet'],
  ['the resolver', client, '10.0.0.2', 53, 'open', 'reach/resolver'],
  ['the resolver by its other address', client, '169.254.169.253', 53, 'open', 'reach/resolver'],
  [
    'the resolver with no group that lets it out',
    inSubnet('subnet-clients', '10.0.2.40', 'sg-closed'),
    '10.0.0.2',
    53,
    'open',
    'reach/resolver',
  ],
  [
    'the resolver, switched off',
    client,
    '10.0.0.2',
    53,
    'timeout',
    'reach/no-resolver',
    having('vpcs', 'vpc-app', { dnsSupport: false }),
  ],
  [
    'an ACL that denies the port',
    client,
    ENDPOINT,
    443,
    'timeout',
    'reach/acl-denied',
    acl('90 egress deny tcp 443 0.0.0.0/0', openIn, openOut),
  ],
  [
    'an ACL that denies the answers',
    client,
    ENDPOINT,
    443,
    'timeout',
    'reach/acl-denied-answers',
    acl('100 ingress allow tcp 443 0.0.0.0/0', openOut),
  ],
  ['an ACL without entries', client, ENDPOINT, 443, 'timeout', 'reach/acl-denied', acl()],
  [
    'an ACL that denies later than it allows',
    client,
    ENDPOINT,
    443,
    'open',
    'reach/listens',
    acl('200 ingress deny all 0.0.0.0/0', openIn, openOut),
  ],
  ['an ACL that denies all, inside one subnet', neighbour, ENDPOINT, 443, 'open', 'reach/listens', acl()],
]

describe('what is reached from where', () => {
  it.each(CASES)('%s', (_what, from, to, port, outcome, code, changed = network) => {
    const verdict = reach(changed, from, address(to), port)
    expect([verdict.outcome, verdict.because.code]).toEqual([outcome, code])
  })

  it('has a case for each reason', () => {
    const codes = CASES.flatMap(([, from, to, port, , , changed = network]) => {
      const { because, passed } = reach(changed, from, address(to), port)
      return [because, ...passed].map(({ code }) => code)
    })
    const all = Object.keys(NETWORK_REASON_CODES).filter((code) => code.startsWith('reach/'))
    expect(all.filter((code) => !codes.includes(code))).toEqual([])
  })

  it('names what it passed, and what would mend it', () => {
    const verdict = reach(network, client, address(ENDPOINT), 8443)
    expect(verdict.passed.map(({ text }) => text)).toEqual([
      'security group `sg-client` lets all traffic to 0.0.0.0/0 out',
      'route table `rtb-private`: 10.0.0.0/16 → local',
      'network ACL `acl-default` of `subnet-clients` (egress): entry 100: allow all traffic 0.0.0.0/0',
      'network ACL `acl-default` of `subnet-clients` (ingress): entry 100: allow all traffic 0.0.0.0/0',
      'network ACL `acl-default` of `subnet-private` (ingress): entry 100: allow all traffic 0.0.0.0/0',
      'network ACL `acl-default` of `subnet-private` (egress): entry 100: allow all traffic 0.0.0.0/0',
    ])
    expect(verdict.because.text).toBe('no rule of `sg-endpoint` lets tcp 8443 from 10.0.2.40 in')
    expect(verdict.mend).toEqual([
      "add a rule to `sg-endpoint`: SecurityGroupIngress tcp 8443 from 10.0.2.40/32, or the client's group",
    ])
  })

  it.each([
    ['the longest of written routes', '52.219.1.1', 'vpce-s3', network],
    [
      'a written route over a prefix list of the same length',
      '52.219.1.1',
      'igw-9',
      routes(
        'rtb-private',
        local,
        route('pl-s3', { kind: 'gateway-endpoint', id: 'vpce-s3' }),
        route('52.219.0.0/16', { kind: 'internet-gateway', id: 'igw-9' }),
      ),
    ],
  ])('takes %s', (_what, to, target, changed) => {
    const texts = reach(changed, client, address(to), 443).passed.map(({ text }) => text)
    expect(texts.find((text) => text.startsWith('route table'))).toContain(target)
  })
})
