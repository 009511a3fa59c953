import { formatAddress } from './cidr.ts'
import { ending, evidence, type Gate, passing } from './gate.ts'
import type { Direction, GroupRule, Network } from './network.ts'
import { type Connection, fits, holds, listHolds, portsOf, textOf } from './rule-fits.ts'

/** The other side of a connection, as a security group sees it. */
export interface Peer {
  readonly address: number
  /** Its groups, where it is an interface whose groups count here: in the same VPC, or in one that is peered with it. */
  readonly groupIds: readonly string[]
}

const WORDS = {
  egress: {
    passed: 'reach/group-egress',
    refused: 'reach/no-group-egress',
    way: 'to',
    direction: 'out',
    key: 'SecurityGroupEgress',
  },
  ingress: {
    passed: 'reach/group-ingress',
    refused: 'reach/no-group-ingress',
    way: 'from',
    direction: 'in',
    key: 'SecurityGroupIngress',
  },
} as const

/** Whether one of the groups has a rule for the connection. Groups only allow, so the first that does decides. */
export function checkGroups(
  network: Network,
  groupIds: readonly string[],
  direction: Direction,
  peer: Peer,
  { port, protocol }: Connection,
): Gate {
  const words = WORDS[direction]
  for (const groupId of groupIds) {
    const rule = network.securityGroups
      .get(groupId)
      ?.rules.find((one) => one.direction === direction && fits(one, port, protocol) && means(network, one, peer))
    if (!rule) continue
    const shown = `${portsOf(rule)} ${words.way} ${peerOf(rule)}`
    return passing(words.passed, `security group \`${groupId}\` lets ${shown} ${words.direction}`, [
      evidence('security group rule', shown, rule.source),
    ])
  }
  const other = formatAddress(peer.address)
  const groups = groupIds.map((id) => `\`${id}\``).join(', ')
  return ending(
    'timeout',
    words.refused,
    `no rule of ${groups} lets ${protocol} ${port} ${words.way} ${other} ${words.direction}`,
    [`add a rule to \`${groupIds[0]}\`: ${words.key} ${protocol} ${port} ${words.way} ${other}/32, or the client's group`],
    groupIds.map((id) => evidence('security group', id, undefined)),
  )
}

function means(network: Network, { peer }: GroupRule, { address, groupIds }: Peer): boolean {
  if ('groupId' in peer) return groupIds.includes(peer.groupId)
  if ('prefixListId' in peer) return listHolds(network, peer.prefixListId, address)
  return holds(peer, address)
}

function peerOf({ peer }: GroupRule): string {
  if ('groupId' in peer) return peer.groupId
  return 'prefixListId' in peer ? peer.prefixListId : textOf(peer)
}
