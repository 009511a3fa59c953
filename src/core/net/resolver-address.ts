import { formatAddress } from './cidr.ts'
import { ending, type Gate, passing } from './gate.ts'
import type { Vpc } from './network.ts'

/** https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html: base plus two of the first block, or the link-local one. */
export function resolverAddressesOf({ cidrs }: Pick<Vpc, 'cidrs'>): readonly number[] {
  return [...cidrs.slice(0, 1).map(({ base }) => base + 2), LINK_LOCAL_RESOLVER]
}

const LINK_LOCAL_RESOLVER = 169 * 2 ** 24 + 254 * 2 ** 16 + 169 * 2 ** 8 + 253
const DNS = 53

export function isResolverOf(vpc: Vpc, { to, port }: { readonly to: number; readonly port: number }): boolean {
  return port === DNS && resolverAddressesOf(vpc).includes(to)
}

export function resolverGate({ id, dnsSupport }: Vpc, to: number): Gate {
  if (dnsSupport) return passing('reach/resolver', `the resolver of \`${id}\` answers at ${formatAddress(to)}:${DNS}`)
  return ending('timeout', 'reach/no-resolver', `\`${id}\` has its resolver switched off`, [
    `set \`EnableDnsSupport\` of \`${id}\` to true`,
  ])
}
