import { formatAddress } from './cidr.ts'
import { ending, evidence, type Gate, passing } from './gate.ts'
import type { AclEntry, Direction, Network, Subnet } from './network.ts'
import { type Connection, fits, holds, portsOf, textOf } from './rule-fits.ts'

/**
 * Answers go to the port that the client's system chose for the connection. One from the middle of Linux's range stands for all: an
 * ACL that follows AWS's advice (1024 to 65535) lets it pass, and so does one that was narrowed for Linux clients (32768 to 60999).
 * https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
const EPHEMERAL = 46_000

/** Whether the subnet's ACL lets the packets of a connection pass, and their answers: it keeps no state. */
export function* checkAcl(network: Network, subnet: Subnet, direction: Direction, connection: Connection): Generator<Gate> {
  const { from, to, port, protocol } = connection
  const far = direction === 'egress' ? to : from
  const back = direction === 'egress' ? 'ingress' : 'egress'
  yield passes(network, subnet, direction, far, { ...connection, port }, 'reach/acl-denied')
  yield passes(network, subnet, back, far, { from: to, to: from, port: EPHEMERAL, protocol }, 'reach/acl-denied-answers')
}

function passes(
  network: Network,
  { id, networkAclId }: Subnet,
  direction: Direction,
  far: number,
  { port, protocol }: Connection,
  refused: 'reach/acl-denied' | 'reach/acl-denied-answers',
): Gate {
  const entries = network.networkAcls.get(networkAclId)?.entries ?? []
  const entry = entries
    .filter((one) => one.direction === direction && fits(one, port, protocol) && holds(one.cidr, far))
    .sort((a, b) => a.number - b.number)[0]
  const shown = entry ? shownAs(entry) : 'entry *: deny'
  const found = [evidence('network ACL entry', shown, entry?.source)]
  const where = `network ACL \`${networkAclId}\` of \`${id}\` (${direction})`
  if (entry?.action === 'allow') return passing('reach/acl', `${where}: ${shown}`, found)
  const mend = `allow ${protocol} ${refused === 'reach/acl-denied' ? port : '1024-65535'}, ${direction}, ${formatAddress(far)}/32 in \`${networkAclId}\`, with a number below the entry that denies`
  return ending('timeout', refused, `${where}: ${shown}`, [mend], found)
}

const shownAs = (entry: AclEntry): string => `entry ${entry.number}: ${entry.action} ${portsOf(entry)} ${textOf(entry.cidr)}`
