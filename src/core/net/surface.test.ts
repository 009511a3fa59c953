import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAddress, formatCidr, sizeOf } from './cidr.ts'
import { REGIONAL_FRONT_END } from './public-addresses.ts'
import { reach } from './reach.ts'
import { blocksOf, type Opening, outcomeAt, surfaceOf } from './surface.ts'
import { anyNetwork, anyProbe, anyVantage } from './testing/any-network.ts'
import { address, ENDPOINT, entry, having, network } from './testing/two-vpcs.ts'

const played: readonly Opening[] = [{ address: address(REGIONAL_FRONT_END), port: 443, protocol: 'tcp' }]
const client = {
  kind: 'subnet',
  subnetId: 'subnet-clients',
  address: address('10.0.2.40'),
  groupIds: ['sg-client'],
  public: false,
} as const
const shown = ({ address: at, port, protocol }: Opening) => `${protocol} ${formatAddress(at)}:${port}`

describe('the surface', () => {
  it('has what answers, once', () => {
    const { open, own } = surfaceOf(network, client, client.address, [...played, ...played])
    expect(own).toBe(client.address)
    expect(open.map(shown)).toEqual([
      `tcp ${ENDPOINT}:443`,
      'tcp 10.1.1.30:8080',
      'tcp 10.0.0.2:53',
      'udp 10.0.0.2:53',
      'tcp 169.254.169.253:53',
      'udp 169.254.169.253:53',
      `tcp ${REGIONAL_FRONT_END}:443`,
    ])
  })

  it('changes with the network: by single ports, and by whole areas', () => {
    const closed = having('securityGroups', 'sg-endpoint', { rules: [] })
    const before = surfaceOf(network, client, client.address, played)
    const after = surfaceOf(closed, client, client.address, played)
    const at = [address(ENDPOINT), 443, 'tcp'] as const
    expect([outcomeAt(before, ...at), outcomeAt(after, ...at)]).toEqual(['open', 'timeout'])
  })

  it('knows access lists for parts of the internet', () => {
    const entries = ['90 egress deny tcp 443 52.0.0.0/8', '100 ingress allow all 0.0.0.0/0', '100 egress allow all 0.0.0.0/0']
    const walled = having('networkAcls', 'acl-default', { entries: entries.map(entry) })
    const surface = surfaceOf(walled, client, client.address, played)
    expect(['51.1.2.3', '52.1.2.3', '53.1.2.3'].map((at) => outcomeAt(surface, address(at), 443, 'tcp'))).toEqual([
      'refused',
      'timeout',
      'refused',
    ])
  })

  it('is refused where there is a way and nobody is there to answer on the internet', () => {
    const surface = surfaceOf(network, { kind: 'internet' }, address('203.0.113.10'), played)
    expect(outcomeAt(surface, address('52.1.2.3'), 443, 'tcp')).toBe('refused')
    expect(outcomeAt(surface, address(REGIONAL_FRONT_END), 443, 'tcp')).toBe('open')
    expect(outcomeAt(surface, address(ENDPOINT), 443, 'tcp')).toBe('unreachable')
  })

  it('says the same as `reach`, whatever the network', () => {
    fc.assert(
      fc.property(anyNetwork, anyVantage, fc.array(anyProbe, { minLength: 60, maxLength: 60 }), (drawn, vantage, probes) => {
        const surface = surfaceOf(drawn, vantage, vantage.address, played)
        for (const probe of probes) {
          const { outcome, because } = reach(drawn, vantage, probe.address, probe.port, probe.protocol)
          const silent = because.code === 'reach/internet' || because.code === 'reach/service'
          const answers = !silent || played.some((one) => shown(one) === shown(probe))
          const expected = outcome === 'open' && !answers ? 'refused' : outcome
          expect([shown(probe), outcomeAt(surface, probe.address, probe.port, probe.protocol)]).toEqual([shown(probe), expected])
        }
      }),
      { numRuns: 200 },
    )
  })

  it('has areas that do not overlap', () => {
    fc.assert(
      fc.property(anyNetwork, anyVantage, (drawn, vantage) => {
        const { areas } = surfaceOf(drawn, vantage, vantage.address, played)
        const byBlock = new Map<string, number>()
        for (const { cidr, protocol, ports } of areas) {
          const text = `${formatCidr(cidr)} ${protocol} ${ports === 'all' ? ports : ports.from}`
          byBlock.set(text, (byBlock.get(text) ?? 0) + 1)
        }
        expect([...byBlock.values()].filter((times) => times > 1)).toEqual([])
        const blocks = [...new Map(areas.map(({ cidr }) => [formatCidr(cidr), cidr])).values()].sort((a, b) => a.base - b.base)
        for (const [index, block] of blocks.entries()) {
          expect(block.base + sizeOf(block.prefix)).toBeLessThanOrEqual(blocks[index + 1]?.base ?? 2 ** 32)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('blocks of a run of addresses', () => {
  it.each([
    ['10.0.0.0', '10.1.0.0', ['10.0.0.0/16']],
    ['10.0.0.1', '10.0.0.4', ['10.0.0.1/32', '10.0.0.2/31']],
    ['1.0.0.0', '2.0.0.0', ['1.0.0.0/8']],
    ['128.0.0.0', '224.0.0.0', ['128.0.0.0/2', '192.0.0.0/3']],
    ['10.0.0.5', '10.0.0.5', []],
  ])('%s to before %s', (from, to, expected) => {
    expect(blocksOf(address(from), address(to)).map(formatCidr)).toEqual(expected)
  })
})
