import type { Protocol } from '#core/net/network.ts'

/** Who opened a connection, and what they connected to: addresses as numbers, as in `core/net`. */
export interface Origin {
  readonly protocol: Protocol
  readonly from: { readonly address: number; readonly port: number }
  readonly to: { readonly address: number; readonly port: number }
}

/** What the first bytes of a connection hold. */
export type ProxyHeader =
  | { readonly kind: 'origin'; readonly origin: Origin /** Where what was sent begins. */; readonly length: number }
  /** Not all of it is there yet. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'invalid' }

const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex')
const PREFIX = 16
const ADDRESSES = 12
const PROXIED = 0x21
const PROTOCOLS: Readonly<Record<number, Protocol>> = { 17: 'tcp', 18: 'udp' }
/** What may follow the addresses: nobody sends us any, and one may. */
const MOST_EXTENSIONS = 512

/**
 * Reads a header of the PROXY protocol, version 2, for IPv4; what is no such header is found out with its first wrong byte.
 * https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt, 2.2
 */
export function readProxyHeader(bytes: Buffer): ProxyHeader {
  const known = Math.min(bytes.length, SIGNATURE.length)
  if (!bytes.subarray(0, known).equals(SIGNATURE.subarray(0, known))) return { kind: 'invalid' }
  if (bytes.length < PREFIX) return { kind: 'incomplete' }
  const protocol = PROTOCOLS[bytes.readUInt8(13)]
  const rest = bytes.readUInt16BE(14)
  if (bytes.readUInt8(12) !== PROXIED || !protocol || rest < ADDRESSES || rest > ADDRESSES + MOST_EXTENSIONS) {
    return { kind: 'invalid' }
  }
  if (bytes.length < PREFIX + rest) return { kind: 'incomplete' }
  const from = { address: bytes.readUInt32BE(16), port: bytes.readUInt16BE(24) }
  const to = { address: bytes.readUInt32BE(20), port: bytes.readUInt16BE(26) }
  return { kind: 'origin', origin: { protocol, from, to }, length: PREFIX + rest }
}
