import { KeyObject, randomBytes, webcrypto } from 'node:crypto'

const KEYS = { name: 'ECDSA', namedCurve: 'P-256' }
/** Understood by every client of the last ten years, and cheap enough for each handshake on a laptop. */
export const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' }

export function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(KEYS, true, ['sign', 'verify'])
}

export async function exportPrivateKey(key: webcrypto.CryptoKey): Promise<string> {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Hexadecimal digits of a positive number of 16 bytes, unguessable. */
export function newSerialNumber(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes.toString('hex')
}

const DAY = 86_400_000

/** From a day ago, since the clocks of containers and virtual machines are not all right, for so many days. */
export function validity(now: number, days: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now - DAY), notAfter: new Date(now + days * DAY) }
}
