import { formatAddress, formatCidr } from '#core/net/cidr.ts'
import type { Area, Opening, Surface } from '#core/net/surface.ts'

/**
 * A surface as lines for `ip -batch`. The command runs in one namespace (`inside`), with a single interface whose other end is in a
 * second one (`outside`), where the relay listens. Inside, some addresses are unreachable; outside, packets to some addresses and ports
 * count as local, so that they are answered or refused, and all others are dropped: the client waits.
 */
export interface Lines {
  readonly inside: readonly string[]
  readonly outside: readonly string[]
}

/** Both ends have it: without ARP, packets go to the sender's own address, and only to that does the other end listen. */
const MAC = '02:00:00:00:00:01'
const BACK = 200

/** What is there before any rule: the wire between the two, and the routes along it. */
export function wire(own: number): Lines {
  return {
    outside: [
      'link set lo up',
      // Descriptor 7 is the inner namespace: `open.sh` holds it.
      `link add wire address ${MAC} type veth peer name eth0 address ${MAC} netns /proc/self/fd/7`,
      'link set wire arp off up',
      'route add local default dev lo table local',
      `route add default dev wire table ${BACK}`,
      `rule add pref 5 iif lo lookup ${BACK}`,
      // Where forwarding is on, the system would tell the client that there is no way, instead of nothing.
      'rule add pref 200 iif wire type blackhole',
      'rule del pref 0',
    ],
    inside: [
      'link set lo up',
      'link set eth0 arp off up',
      `addr add ${formatAddress(own)}/32 dev eth0`,
      `route add default dev eth0 src ${formatAddress(own)}`,
    ],
  }
}

/** The difference between two surfaces of one namespace: what to add and to take away. */
export interface Change extends Lines {
  readonly listen: readonly Opening[]
  readonly unlisten: readonly Opening[]
}

export function changeFrom(before: Pick<Surface, 'open' | 'areas'>, after: Pick<Surface, 'open' | 'areas'>): Change {
  const [gone, come] = differences(
    before.areas.flatMap(rulesOf),
    after.areas.flatMap(rulesOf),
    (rule) => `${rule.where} ${rule.line}`,
  )
  const [unlisten, listen] = differences(before.open, after.open, (one) => `${one.protocol} ${one.address} ${one.port}`)
  const lines = (where: keyof Lines) => [
    ...come.filter((rule) => rule.where === where).map(({ line }) => `rule add ${line}`),
    ...gone.filter((rule) => rule.where === where).map(({ line }) => `rule del ${line}`),
  ]
  return { inside: lines('inside'), outside: lines('outside'), listen, unlisten }
}

interface Rule {
  readonly where: keyof Lines
  readonly line: string
}

/** The system takes no range of ports that ends with the last one. */
const LAST_PORT = 65_535

/**
 * Areas come first (preference 100). One that goes on to the last port is written as all ports (102), after those before it were sent
 * elsewhere (101).
 */
function rulesOf({ cidr, protocol, ports, outcome }: Area): readonly Rule[] {
  const [where, action, otherwise] = ACTIONS[outcome]
  const to = [`to ${formatCidr(cidr)}`, ...(protocol === 'all' ? [] : [`ipproto ${protocol}`])].join(' ')
  if (ports === 'all') return [{ where, line: `pref 100 ${to} ${action}` }]
  if (ports.to < LAST_PORT) return [{ where, line: `pref 100 ${to} dport ${ports.from}-${ports.to} ${action}` }]
  return [
    { where, line: `pref 101 ${to} dport 1-${ports.from - 1} ${otherwise}` },
    { where, line: `pref 102 ${to} ${action}` },
  ]
}

const ACTIONS = {
  unreachable: ['inside', 'type unreachable', 'lookup main'],
  arrives: ['outside', 'lookup local', 'type blackhole'],
} as const

/** What only the first has, and what only the second has. */
function differences<T>(before: readonly T[], after: readonly T[], key: (one: T) => string): [gone: T[], come: T[]] {
  const had = new Set(before.map(key))
  const has = new Set(after.map(key))
  return [before.filter((one) => !has.has(key(one))), after.filter((one) => !had.has(key(one)))]
}
