/** The 64 bits of a hash, in two halves: JavaScript's numbers have no room for them. */
export interface StringHash {
  readonly low: number
  readonly high: number
}

const TWO_32 = 2 ** 32
const FACTOR = 1_000_003

/** `hash()` of a text in CPython 2.7 on 64-bit machines, without `-R`; it goes by whole characters, not by UTF-16 units. */
export function stringHash(text: string): StringHash {
  if (text === '') return { low: 0, high: 0 }
  let low = text.codePointAt(0)! << 7
  let high = 0
  let length = 0
  for (let index = 0; index < text.length; index += 1) {
    const character = text.codePointAt(index)!
    if (character > 0xffff) index += 1
    // Both products stay below 2 ** 53.
    const product = low * FACTOR
    high = (high * FACTOR + Math.floor(product / TWO_32)) >>> 0
    low = ((product >>> 0) ^ character) >>> 0
    length += 1
  }
  return { low: (low ^ length) >>> 0, high }
}
