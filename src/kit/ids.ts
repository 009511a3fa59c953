import type { Ids } from './ports.ts'

const ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyz0123456789'
/** Every request takes ids: two digits at once for each byte. */
const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** All of `Ids` from one source of random bytes. */
export function idsFrom(bytes: (count: number) => Uint8Array): Ids {
  const pick = (alphabet: string, length: number) => {
    // Bytes past the largest multiple of the alphabet's size would favour its first letters.
    const limit = 256 - (256 % alphabet.length)
    let text = ''
    while (text.length < length) {
      for (const byte of bytes(length - text.length)) if (byte < limit) text += alphabet[byte % alphabet.length]
    }
    return text
  }
  const hex = (length: number) => {
    let text = ''
    for (const byte of bytes(Math.ceil(length / 2))) text += HEX_OF_BYTE[byte]
    return text.slice(0, length)
  }
  return {
    bytes,
    hex,
    alphanumeric: (length) => pick(ALPHANUMERIC, length),
    uuid() {
      const digits = hex(32)
      const variant = '89ab'[Number.parseInt(digits[16] ?? '0', 16) & 3]
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`
    },
  }
}

/** Ids that follow from a seed alone: the same seed, the same ids. Not for secrets. */
export function seededIds(seed: number): Ids {
  let state = seed >>> 0
  // mulberry32: small, fast and good enough for names.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 24
  }
  return idsFrom((count) => Uint8Array.from({ length: count }, next))
}
