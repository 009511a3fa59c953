import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { surfaceOf } from '#core/net/surface.ts'
import { anyNetwork, anyVantage } from '#core/net/testing/any-network.ts'
import { address, cidr } from '#core/net/testing/two-vpcs.ts'
import { changeFrom } from './rules.ts'

const nothing = { open: [], areas: [] }
const block = cidr('10.0.1.20/32')

describe('a surface as rules', () => {
  it.each([
    [
      'all that arrives',
      { protocol: 'all', ports: 'all', outcome: 'arrives' },
      [],
      ['rule add pref 100 to 10.0.1.20/32 lookup local'],
    ],
    [
      'no way at all',
      { protocol: 'all', ports: 'all', outcome: 'unreachable' },
      ['rule add pref 100 to 10.0.1.20/32 type unreachable'],
      [],
    ],
    [
      'a range of ports',
      { protocol: 'tcp', ports: { from: 80, to: 443 }, outcome: 'arrives' },
      [],
      ['rule add pref 100 to 10.0.1.20/32 ipproto tcp dport 80-443 lookup local'],
    ],
    [
      'a range up to the last port, which no rule can name',
      { protocol: 'udp', ports: { from: 1024, to: 65_535 }, outcome: 'arrives' },
      [],
      [
        'rule add pref 101 to 10.0.1.20/32 ipproto udp dport 1-1023 type blackhole',
        'rule add pref 102 to 10.0.1.20/32 ipproto udp lookup local',
      ],
    ],
    [
      'no way to the last ports',
      { protocol: 'tcp', ports: { from: 1024, to: 65_535 }, outcome: 'unreachable' },
      [
        'rule add pref 101 to 10.0.1.20/32 ipproto tcp dport 1-1023 lookup main',
        'rule add pref 102 to 10.0.1.20/32 ipproto tcp type unreachable',
      ],
      [],
    ],
  ] as const)('%s', (_what, area, inside, outside) => {
    const change = changeFrom(nothing, { open: [], areas: [{ cidr: block, ...area }] })
    expect(change).toEqual({ inside, outside, listen: [], unlisten: [] })
  })

  it('of a change adds what came before it takes away what went', () => {
    const open = { address: address('10.0.1.20'), port: 443, protocol: 'tcp' as const }
    const area = { cidr: block, protocol: 'all', ports: 'all' } as const
    expect(
      changeFrom(
        { open: [open], areas: [{ ...area, outcome: 'arrives' }] },
        { open: [], areas: [{ ...area, outcome: 'unreachable' }] },
      ),
    ).toEqual({
      inside: ['rule add pref 100 to 10.0.1.20/32 type unreachable'],
      outside: ['rule del pref 100 to 10.0.1.20/32 lookup local'],
      listen: [],
      unlisten: [open],
    })
  })

  it('of a change and the change back leave nothing', () => {
    fc.assert(
      fc.property(anyNetwork, anyNetwork, anyVantage, (one, other, vantage) => {
        const [before, after] = [one, other].map((network) => surfaceOf(network, vantage, vantage.address, []))
        const there = changeFrom(before!, after!)
        const back = changeFrom(after!, before!)
        const turned = (lines: readonly string[]) =>
          lines.map((line) => line.replace(/^rule (add|del)/, (_, verb) => (verb === 'add' ? 'rule del' : 'rule add'))).sort()
        expect([turned(there.inside), turned(there.outside)]).toEqual([[...back.inside].sort(), [...back.outside].sort()])
        expect([there.listen, there.unlisten]).toEqual([back.unlisten, back.listen])
        expect(changeFrom(before!, before!)).toEqual({ inside: [], outside: [], listen: [], unlisten: [] })
      }),
      { numRuns: 30 },
    )
  })
})
