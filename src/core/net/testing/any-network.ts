import fc from 'fast-check'
import type { Network, Protocol, RouteTarget, Vantage } from '../network.ts'
import { REGIONAL_FRONT_END } from '../public-addresses.ts'
import { address, cidr, entry, network, route, rule } from './two-vpcs.ts'

/*
 * The two VPCs with everything that decides drawn at random: dense, so that each draw has a good chance of meeting rules that matter.
 */

const BLOCKS = [
  '0.0.0.0/0',
  '10.0.0.0/8',
  '10.0.0.0/16',
  '10.0.1.0/24',
  '10.0.1.20/32',
  '10.0.2.0/25',
  '10.1.0.0/16',
  '10.1.1.0/28',
]
const GROUPS = ['sg-1', 'sg-2', 'sg-3']
const TARGETS: readonly RouteTarget[] = [
  { kind: 'peering', id: 'pcx-1' },
  { kind: 'nat-gateway', id: 'nat-1' },
  { kind: 'internet-gateway', id: 'igw-1' },
  { kind: 'blackhole', id: 'nat-9' },
  { kind: 'vpn-gateway', id: 'vgw-1' },
  { kind: 'gateway-endpoint', id: 'vpce-s3' },
]
const LISTENED = [443, 8080]

const direction = fc.constantFrom('ingress', 'egress')
const traffic = fc.constantFrom(
  'all',
  'all',
  'tcp',
  'tcp 443',
  'tcp 443',
  'tcp 80-443',
  'tcp 444-9000',
  'udp',
  'udp 1-53',
  'tcp 1024-65535',
)

const anyRule = fc
  .tuple(direction, traffic, fc.constantFrom(...BLOCKS, ...GROUPS, 'pl-s3'))
  .map(([way, what, peer]) => rule(`${way} ${what} ${peer}`))

const anyEntry = fc
  .tuple(
    fc.integer({ min: 1, max: 300 }),
    direction,
    fc.constantFrom('allow', 'allow', 'deny'),
    // Some that no group has, so that no group's rule stands in for them.
    fc.oneof(traffic, fc.constantFrom('tcp 22-79', 'tcp 79-8079')),
    fc.constantFrom(...BLOCKS, '52.0.0.0/8', '10.0.2.128/25'),
  )
  .map(([number, way, action, what, peer]) => entry(`${number} ${way} ${action} ${what} ${peer}`))

const anyRoute = fc
  .tuple(
    fc.constantFrom('0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16', '10.0.0.0/16', '192.168.0.0/16', '198.51.100.0/24', 'pl-s3'),
    fc.constantFrom(...TARGETS),
  )
  .map(([destination, target]) => route(destination, target))

const openAcl = [entry('32000 ingress allow all 0.0.0.0/0'), entry('32000 egress allow all 0.0.0.0/0')]
const anyAcl = (id: string) =>
  fc.record({ id: fc.constant(id), entries: fc.array(anyEntry, { maxLength: 3 }).map((some) => [...some, ...openAcl]) })
const anyGroup = (id: string) =>
  fc.record({ id: fc.constant(id), name: fc.constant(id), rules: fc.array(anyRule, { minLength: 1, maxLength: 4 }) })
const anyTable = (id: string, block: string) =>
  fc.record({
    id: fc.constant(id),
    routes: fc.array(anyRoute, { maxLength: 4 }).map((some) => [route(block, { kind: 'local' }), ...some]),
  })

const anyInterface = fc.record({
  id: fc.uuid(),
  place: fc.constantFrom(
    { subnetId: 'subnet-private', address: address('10.0.1.20') },
    { subnetId: 'subnet-private', address: address('10.0.1.21') },
    { subnetId: 'subnet-clients', address: address('10.0.2.20') },
    { subnetId: 'subnet-other', address: address('10.1.1.9') },
    { subnetId: 'subnet-other', address: address('10.1.1.30') },
  ),
  groupIds: fc.subarray(GROUPS, { minLength: 1 }),
  listensOn: fc.subarray(LISTENED),
})

const map = <T extends { readonly id: string }>(things: readonly T[]) => new Map(things.map((thing) => [thing.id, thing]))

export const anyNetwork: fc.Arbitrary<Network> = fc
  .record({
    dnsSupport: fc.boolean(),
    acls: fc.tuple(anyAcl('acl-1'), anyAcl('acl-2')),
    aclOf: fc.array(fc.constantFrom('acl-1', 'acl-2'), { minLength: 4, maxLength: 4 }),
    groups: fc.tuple(...GROUPS.map(anyGroup)),
    tables: fc.tuple(
      anyTable('rtb-private', '10.0.0.0/16'),
      anyTable('rtb-public', '10.0.0.0/16'),
      anyTable('rtb-other', '10.1.0.0/16'),
    ),
    peering: fc.constantFrom('active', 'active', 'active', 'pending-acceptance'),
    connectivity: fc.constantFrom('public', 'public', 'private'),
    interfaces: fc.uniqueArray(anyInterface, { minLength: 2, maxLength: 5, selector: ({ place }) => place.address }),
  })
  .map(({ dnsSupport, acls, aclOf, groups, tables, peering, connectivity, interfaces }) => ({
    ...network,
    vpcs: map([...network.vpcs.values()].map((one) => ({ ...one, dnsSupport }))),
    subnets: map([...network.subnets.values()].map((one, index) => ({ ...one, networkAclId: aclOf[index]! }))),
    routeTables: map(tables),
    networkAcls: map(acls),
    securityGroups: map(groups),
    peerings: map([{ id: 'pcx-1', vpcIds: ['vpc-app', 'vpc-other'] as const, state: peering as 'active' }]),
    natGateways: map([{ id: 'nat-1', subnetId: 'subnet-public', connectivity: connectivity as 'public' }]),
    prefixLists: new Map([['pl-s3', [cidr('52.219.0.0/16'), cidr('198.51.100.0/30')]]]),
    interfaces: interfaces.map(({ place, ...one }) => ({ ...one, ...place })),
  }))

export const anyVantage: fc.Arbitrary<Vantage & { readonly address: number }> = fc.oneof(
  fc.constant({ kind: 'internet' as const, address: address('203.0.113.10') }),
  fc.record({
    kind: fc.constant('on-premises' as const),
    address: fc.constant(address('192.168.7.7')),
    vpcId: fc.constant('vpc-app'),
    forwardsNames: fc.boolean(),
  }),
  ...[0, 1, 2].map(() =>
    fc
      .record({
        kind: fc.constant('subnet' as const),
        place: fc.constantFrom(
          ['subnet-private', '10.0.1.40'],
          ['subnet-clients', '10.0.2.40'],
          ['subnet-public', '10.0.9.40'],
          ['subnet-other', '10.1.1.40'],
        ),
        groupIds: fc.subarray(GROUPS, { minLength: 1 }),
        public: fc.boolean(),
      })
      .map(({ place: [subnetId, at], ...rest }) => ({ ...rest, subnetId: subnetId!, address: address(at!) })),
  ),
)

export interface Probe {
  readonly address: number
  readonly port: number
  readonly protocol: Protocol
}

/** Something to try: at the addresses and ports where the networks above differ, and beside them. */
export const anyProbe: fc.Arbitrary<Probe> = fc.record({
  address: fc
    .constantFrom(
      ...[
        '10.0.1.20',
        '10.0.1.21',
        '10.0.2.20',
        '10.1.1.9',
        '10.1.1.30',
        '10.0.0.2',
        '10.1.0.2',
        '169.254.169.253',
        REGIONAL_FRONT_END,
      ],
      ...[
        '10.0.1.99',
        '10.0.2.130',
        '10.0.200.1',
        '10.1.1.17',
        '10.9.0.1',
        '192.168.0.1',
        '172.16.0.1',
        '52.219.1.1',
        '52.1.2.3',
      ],
    )
    .map(address),
  port: fc.constantFrom(443, 443, 53, 80, 79, 444, 8080, 9000, 9001, 22, 65_535),
  protocol: fc.constantFrom('tcp' as const, 'tcp' as const, 'udp' as const),
})
