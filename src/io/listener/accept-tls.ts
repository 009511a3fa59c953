import type { Socket } from 'node:net'
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import { comesFrom } from './client-address.ts'
import { ALPN_PROTOCOLS, HANDSHAKE_WITHIN_MS, OLDEST_TLS } from './handshake-rules.ts'
import type { KeyAndCertificate } from './speak-tls-too.ts'

export interface TlsClient {
  /** Its connection, as it came. */
  readonly stream: Socket
  readonly address: string
}

/**
 * Speaks TLS on a connection that was forwarded, and hands over what is inside once both sides agree. What is no handshake, is too old, or
 * does not come to an end is cut off.
 */
export function acceptTls(
  { stream, address }: TlsClient,
  certificate: KeyAndCertificate,
  accepted: (socket: TLSSocket) => void,
): void {
  // Who goes in the middle of a handshake is gone.
  stream.allowHalfOpen = false
  const tls = new TLSSocket(stream, {
    isServer: true,
    secureContext: contextOf(certificate),
    ALPNProtocols: ALPN_PROTOCOLS,
  })
  const tooLate = setTimeout(() => stream.destroy(), HANDSHAKE_WITHIN_MS)
  // A connection that breaks is closed, and there is nobody to tell; whoever takes it over listens for itself.
  stream.on('error', () => stream.destroy())
  tls.on('error', () => stream.destroy())
  stream.once('close', () => {
    clearTimeout(tooLate)
    tls.destroy()
  })
  tls.once('secure', () => {
    clearTimeout(tooLate)
    comesFrom(tls, address)
    accepted(tls)
  })
}

const contexts = new WeakMap<KeyAndCertificate, SecureContext>()

function contextOf(certificate: KeyAndCertificate): SecureContext {
  const known = contexts.get(certificate) ?? createSecureContext({ ...certificate, minVersion: OLDEST_TLS })
  contexts.set(certificate, known)
  return known
}
