import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAddress } from '#core/net/cidr.ts'
import type { Outcome } from '#core/net/gate.ts'
import type { Network, Vantage } from '#core/net/network.ts'
import { reach } from '#core/net/reach.ts'
import { type Opening, surfaceOf } from '#core/net/surface.ts'
import { anyNetwork, anyProbe, anyVantage } from '#core/net/testing/any-network.ts'
import { address } from '#core/net/testing/two-vpcs.ts'
import { namespaceAvailability } from '#io/netns/availability.ts'
import { openNamespace } from '#io/netns/namespace.ts'
import { greet, tryAll } from '#io/netns/testing/in-namespace.ts'

/*
 * The model never disagrees with the wire: what `reach` says of a drawn network is what sockets find in a namespace made from it.
 */

const NETWORKS = Number(process.env['POSTERN_DRAWN_NETWORKS'] ?? 36)
/** Namespaces that are alive at the same time. */
const AT_ONCE = 4
const PROBES = 40

/** Answers whatever the network is, so that there is something to wait for: an address that no surface says anything of. */
const control: Opening = { address: address('240.0.0.1'), port: 7, protocol: 'tcp' }

const availability = namespaceAvailability()
const title = availability.available ? '' : ` (not on this machine: ${availability.because})`

describe.skipIf(!availability.available)(`the network on the wire${title}`, () => {
  it(`is what the model says, for ${NETWORKS} drawn networks`, { timeout: 600_000 }, async () => {
    const drawn = fc.sample(
      fc.record({
        network: anyNetwork,
        vantage: anyVantage,
        probes: fc.array(anyProbe, { minLength: PROBES, maxLength: PROBES }),
      }),
      { numRuns: NETWORKS, seed: Number(process.env['POSTERN_SEED'] ?? 20_261_122) },
    )
    const seen = new Set<Outcome>()
    const waiting = drawn.entries()
    const work = async () => {
      for (const [index, { network, vantage, probes }] of waiting) {
        const found = await onTheWire(network, vantage, probes)
        const said = probes.map((probe) => expected(network, vantage, probe))
        expect({ index, vantage, outcomes: shown(probes, found) }).toEqual({ index, vantage, outcomes: shown(probes, said) })
        for (const outcome of found) seen.add(outcome)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    expect([...seen].sort()).toEqual(['open', 'refused', 'timeout', 'unreachable'])
  })
})

async function onTheWire(network: Network, vantage: Vantage & { address: number }, probes: readonly Opening[]) {
  const { own, open, areas } = surfaceOf(network, vantage, vantage.address, [])
  const there = { cidr: { base: control.address, prefix: 32 }, protocol: 'all', ports: 'all', outcome: 'arrives' } as const
  const namespace = await openNamespace({
    surface: { own, open: [...open, control], areas: [...areas, there] },
    resolvers: [],
    connected: greet,
  })
  try {
    return await tryAll(namespace, control, probes)
  } finally {
    await namespace.close()
  }
}

/** Where there is a way to the internet and nobody to answer, the connection is refused. */
function expected(network: Network, vantage: Vantage, { address: to, port, protocol }: Opening): Outcome {
  const { outcome, because } = reach(network, vantage, to, port, protocol)
  return because.code === 'reach/internet' || because.code === 'reach/service' ? 'refused' : outcome
}

function shown(probes: readonly Opening[], outcomes: readonly Outcome[]): readonly string[] {
  return probes.map((probe, index) => `${probe.protocol} ${formatAddress(probe.address)}:${probe.port} ${outcomes[index]}`)
}
