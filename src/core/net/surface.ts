import { type Cidr, sizeOf } from './cidr.ts'
import type { Outcome } from './gate.ts'
import type { Network, NetworkInterface, PortRange, Protocol, Vantage } from './network.ts'
import { FIRST_PORT, LAST_PORT } from './port-cuts.ts'
import { reach } from './reach.ts'
import { resolverAddressesOf } from './resolver-address.ts'
import { holds } from './rule-fits.ts'
import { type Scope, scopeOf } from './surface-scope.ts'

/**
 * All that somebody at one place can find out by connecting to addresses and ports: what answers, what refuses, and where there is no
 * way. Everything else is swallowed, and the client waits.
 */
export interface Surface {
  /** The address that connections come from. */
  readonly own: number
  readonly open: readonly Opening[]
  /** Areas do not overlap. */
  readonly areas: readonly Area[]
}

/** Where something answers. */
export interface Opening {
  readonly address: number
  readonly port: number
  readonly protocol: Protocol
}

/** Addresses and ports that are all alike. */
export interface Area {
  readonly cidr: Cidr
  readonly protocol: Protocol | 'all'
  readonly ports: PortRange | 'all'
  /** `arrives`: packets come to the address, which refuses them wherever nothing is open. */
  readonly outcome: 'arrives' | 'unreachable'
}

const PROTOCOLS = ['tcp', 'udp'] as const

/**
 * What the vantage sees, judged by `reach` for each part of the address space in which nothing changes, so that the two cannot disagree.
 * `played` is what answers on the internet: there `reach` only says whether there is a way, and an address that nobody plays refuses.
 */
export function surfaceOf(network: Network, vantage: Vantage, own: number, played: readonly Opening[]): Surface {
  const scope = scopeOf(network, vantage)
  const judge = (address: number, port: number, protocol: Protocol) => reach(network, vantage, address, port, protocol).outcome
  const candidates = [...scope.interfaces.flatMap(listeners), ...resolvers(scope), ...played]
  const open = candidates.filter(({ address, port, protocol }) => judge(address, port, protocol) === 'open')
  return { own, open: distinct(open), areas: areasOf(scope, played, judge) }
}

/** What a connection to there comes to. */
export function outcomeAt({ open, areas }: Surface, address: number, port: number, protocol: Protocol): Outcome {
  const area = areas.find(
    (one) =>
      holds(one.cidr, address) &&
      (one.protocol === 'all' || one.protocol === protocol) &&
      (one.ports === 'all' || (one.ports.from <= port && port <= one.ports.to)),
  )
  if (!area) return 'timeout'
  if (area.outcome === 'unreachable') return 'unreachable'
  const answers = open.some((one) => one.address === address && one.port === port && one.protocol === protocol)
  return answers ? 'open' : 'refused'
}

const listeners = ({ address, listensOn }: NetworkInterface): readonly Opening[] =>
  listensOn.map((port) => ({ address, port, protocol: 'tcp' }))

function resolvers({ vpc }: Scope): readonly Opening[] {
  if (!vpc) return []
  return resolverAddressesOf(vpc).flatMap((address) => PROTOCOLS.map((protocol) => ({ address, port: 53, protocol })))
}

function distinct(openings: readonly Opening[]): readonly Opening[] {
  return [...new Map(openings.map((one) => [`${one.protocol} ${one.address} ${one.port}`, one])).values()]
}

type Judge = (address: number, port: number, protocol: Protocol) => Outcome

/** A run of addresses or of ports: from the first to before the next. */
interface Run<T> {
  readonly from: number
  readonly to: number
  readonly what: T
}

function areasOf(scope: Scope, played: readonly Opening[], judge: Judge): readonly Area[] {
  const cuts = new Set(scope.addressCuts)
  for (const { address } of played) cuts.add(address).add(address + 1)
  const starts = [...cuts].filter((cut) => FIRST_ADDRESS < cut && cut < END_OF_ADDRESSES).sort((a, b) => a - b)
  const profiles = [FIRST_ADDRESS, ...starts].map((from, index) => {
    const what = PROTOCOLS.map((protocol) => portRuns(from, protocol, scope, judge))
    return { from, to: starts[index] ?? END_OF_ADDRESSES, what }
  })
  return joined(profiles, (what) => JSON.stringify(what)).flatMap(({ from, to, what }) =>
    blocksOf(from, to).flatMap((cidr) => areasIn(cidr, what)),
  )
}

/** `this network` and what comes after unicast are nobody's to connect to. */
const FIRST_ADDRESS = 2 ** 24
const END_OF_ADDRESSES = 224 * 2 ** 24

type PortRuns = readonly Run<Area['outcome'] | undefined>[]

function portRuns(address: number, protocol: Protocol, scope: Scope, judge: Judge): PortRuns {
  const starts = scope.portCuts(address, protocol)
  const runs = starts.map((from, index) => {
    const outcome = judge(address, from, protocol)
    const what: Area['outcome'] | undefined =
      outcome === 'timeout' ? undefined : outcome === 'unreachable' ? 'unreachable' : 'arrives'
    return { from, to: starts[index + 1] ?? LAST_PORT + 1, what }
  })
  return joined(runs, String)
}

function areasIn(cidr: Cidr, runs: readonly PortRuns[]): readonly Area[] {
  const whole = runs.map((of) => (of.length === 1 ? of[0]?.what : 'mixed'))
  if (whole[0] === whole[1] && whole[0] !== 'mixed') {
    return whole[0] ? [{ cidr, protocol: 'all', ports: 'all', outcome: whole[0] }] : []
  }
  return PROTOCOLS.flatMap((protocol, index) =>
    (runs[index] ?? []).flatMap(({ from, to, what }): Area[] => {
      if (!what) return []
      const ports = from === FIRST_PORT && to === LAST_PORT + 1 ? 'all' : { from, to: to - 1 }
      return [{ cidr, protocol, ports, outcome: what }]
    }),
  )
}

/** Neighbours that are alike made one. */
function joined<T>(runs: readonly Run<T>[], key: (what: T) => string): readonly Run<T>[] {
  const whole: Run<T>[] = []
  for (const run of runs) {
    const last = whole.at(-1)
    if (last && key(last.what) === key(run.what)) whole[whole.length - 1] = { ...last, to: run.to }
    else whole.push(run)
  }
  return whole
}

/** The fewest CIDR blocks that make up the addresses from one to before another. */
export function blocksOf(from: number, to: number): readonly Cidr[] {
  const blocks: Cidr[] = []
  for (let base = from; base < to; ) {
    let prefix = 32
    while (prefix > 0 && base % sizeOf(prefix - 1) === 0 && base + sizeOf(prefix - 1) <= to) prefix -= 1
    blocks.push({ base, prefix })
    base += sizeOf(prefix)
  }
  return blocks
}
