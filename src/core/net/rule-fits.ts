import { type Cidr, formatCidr, sizeOf } from './cidr.ts'
import type { Network, PortRange, Protocol } from './network.ts'

/** One connection, as the packets that open it show it. */
export interface Connection {
  readonly from: number
  readonly to: number
  readonly port: number
  readonly protocol: Protocol
}

export function holds({ base, prefix }: Cidr, address: number): boolean {
  return base <= address && address < base + sizeOf(prefix)
}

export function fits(
  rule: { readonly protocol: Protocol | 'all'; readonly ports: PortRange | 'all' },
  port: number,
  protocol: Protocol,
): boolean {
  if (rule.protocol === 'all') return true
  if (rule.protocol !== protocol) return false
  return rule.ports === 'all' || (rule.ports.from <= port && port <= rule.ports.to)
}

export function listHolds({ prefixLists }: Network, prefixListId: string, address: number): boolean {
  return (prefixLists.get(prefixListId) ?? []).some((cidr) => holds(cidr, address))
}

/** Such as `tcp 443 from 10.0.0.0/16`. */
export function portsOf({ protocol, ports }: { readonly protocol: Protocol | 'all'; readonly ports: PortRange | 'all' }): string {
  if (protocol === 'all') return 'all traffic'
  if (ports === 'all') return protocol
  return ports.from === ports.to ? `${protocol} ${ports.from}` : `${protocol} ${ports.from}-${ports.to}`
}

export const textOf = (cidr: Cidr): string => formatCidr(cidr)
