import { describe, expect, it } from 'vitest'
import { formatAddress } from './cidr.ts'
import type { Network, Vantage } from './network.ts'
import { PUBLIC_RESOLVER, REGIONAL_FRONT_END } from './public-addresses.ts'
import { standpointOf } from './standpoint.ts'
import { outcomeAt } from './surface.ts'
import { address, ENDPOINT, having, network } from './testing/two-vpcs.ts'

const subnet: Vantage = {
  kind: 'subnet',
  subnetId: 'subnet-clients',
  address: address('10.0.2.40'),
  groupIds: ['sg-client'],
  public: false,
}
const office: Vantage = { kind: 'on-premises', address: address('192.168.7.7'), vpcId: 'vpc-app', forwardsNames: true }

const CASES: readonly [string, Vantage, string, string[], string | undefined, Network?][] = [
  ['in a subnet', subnet, '10.0.2.40', ['10.0.0.2'], 'eu-central-1.compute.internal'],
  ['in a subnet of the oldest region', subnet, '10.0.2.40', ['10.0.0.2'], 'ec2.internal', { ...network, region: 'us-east-1' }],
  [
    'in a subnet of a VPC with other resolvers',
    subnet,
    '10.0.2.40',
    ['10.0.9.9', '10.0.9.10'],
    'eu-central-1.compute.internal',
    having('vpcs', 'vpc-app', { nameServers: [address('10.0.9.9'), address('10.0.9.10')] }),
  ],
  ['on the internet', { kind: 'internet' }, '203.0.113.10', [PUBLIC_RESOLVER], undefined],
  ['on premises', office, '192.168.7.7', [PUBLIC_RESOLVER], undefined],
]

describe('a machine', () => {
  it.each(CASES)('%s', (_where, vantage, own, resolvers, search, of = network) => {
    const standpoint = standpointOf(of, vantage)
    expect(formatAddress(standpoint.surface.own)).toBe(own)
    expect(standpoint.resolvers.map(formatAddress)).toEqual(resolvers)
    expect(standpoint.search).toBe(search)
  })

  it.each([
    ['in a subnet with a NAT gateway', subnet, 'open', 'open'],
    ['on the internet', { kind: 'internet' }, 'open', 'unreachable'],
  ] as const)('%s finds what is played, where there is a way to it', (_where, vantage, front, endpoint) => {
    const { surface, resolvers } = standpointOf(network, vantage)
    expect(outcomeAt(surface, address(REGIONAL_FRONT_END), 443, 'tcp')).toBe(front)
    expect(outcomeAt(surface, address(REGIONAL_FRONT_END), 80, 'tcp')).toBe('refused')
    expect(outcomeAt(surface, address(ENDPOINT), 443, 'tcp')).toBe(endpoint)
    expect(outcomeAt(surface, resolvers[0]!, 53, 'udp')).toBe('open')
  })
})
