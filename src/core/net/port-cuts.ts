import type { PortRange, Protocol } from './network.ts'

export const FIRST_PORT = 1
export const LAST_PORT = 65_535

/** Something that decides by port. */
interface ByPort {
  readonly protocol: Protocol | 'all'
  readonly ports: PortRange | 'all'
}

/** The ports at which one of the rules may begin to decide otherwise, in order, the first port among them. */
export function portCuts(rules: Iterable<ByPort>, protocol: Protocol): ReadonlySet<number> {
  const cuts = new Set([FIRST_PORT])
  for (const rule of rules) {
    if (rule.ports === 'all' || (rule.protocol !== 'all' && rule.protocol !== protocol)) continue
    cuts.add(rule.ports.from).add(rule.ports.to + 1)
  }
  return cuts
}

/** The cuts in order, without those that are no ports. */
export function inOrder(...cuts: readonly Iterable<number>[]): readonly number[] {
  const all = new Set(cuts.flatMap((some) => [...some]))
  return [...all].filter((port) => FIRST_PORT <= port && port <= LAST_PORT).sort((a, b) => a - b)
}
