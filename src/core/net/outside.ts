import { formatAddress, parseCidr } from './cidr.ts'
import { ending, type Gate, passing } from './gate.ts'
import type { Network, Route, Subnet } from './network.ts'
import { type Connection, holds, listHolds } from './rule-fits.ts'

export function onInternet(to: number): Gate {
  const at = formatAddress(to)
  if (!isPrivate(to)) return passing('reach/internet', `${at} is on the internet`)
  return ending('unreachable', 'reach/private-address', `${at} is a private address, and those are not routed on the internet`)
}

export function noPublicAddress({ id }: Subnet): Gate {
  const text = `an internet gateway carries only what has a public address, and nothing asked for one in \`${id}\``
  return ending('timeout', 'reach/no-public-address', text, [`route through a NAT gateway, or give it a public address`])
}

export function atGatewayEndpoint(network: Network, { destination }: Route, { to }: Connection): Gate {
  const at = formatAddress(to)
  const carries = 'prefixListId' in destination && listHolds(network, destination.prefixListId, to)
  if (carries) return passing('reach/service', `${at} is the service's, which the gateway endpoint carries to`)
  return ending('unreachable', 'reach/not-the-service', `${at} is no address of the service that the gateway endpoint is for`)
}

/** What is not routed on the internet. */
export const PRIVATE_BLOCKS = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
].flatMap((text) => parseCidr(text) ?? [])

const isPrivate = (address: number): boolean => PRIVATE_BLOCKS.some((cidr) => holds(cidr, address))
