import { parseAddress } from '../net/cidr.ts'
import { ipv6Bytes } from './ipv6-bytes.ts'
import { bytesOfText } from './names.ts'
import type { PacketType } from './numbers.ts'
import { serviceParameters } from './service-parameters.ts'

/** A part of a record's data, ready to be written: bytes, or a name, which may be written shorter where the type is old enough. */
export type Piece = readonly number[] | { readonly name: string; readonly compress: boolean }

type Field = 'u8' | 'u16' | 'u32' | 'ipv4' | 'ipv6' | 'name' | 'short name' | 'text' | 'rest' | 'texts' | 'hex' | 'parameters'

/**
 * What a value of each type is made of, in the order in which Route 53 writes it. Only the names of RFC 1035's own types are compressed
 * (RFC 3597, section 4).
 */
const LAYOUTS: Readonly<Record<PacketType, readonly Field[]>> = {
  A: ['ipv4'],
  AAAA: ['ipv6'],
  CAA: ['u8', 'text', 'rest'],
  CNAME: ['short name'],
  DS: ['u16', 'u8', 'u8', 'hex'],
  HINFO: ['text', 'text'],
  HTTPS: ['u16', 'name', 'parameters'],
  MX: ['u16', 'short name'],
  NAPTR: ['u16', 'u16', 'text', 'text', 'text', 'name'],
  NS: ['short name'],
  PTR: ['short name'],
  SOA: ['short name', 'short name', 'u32', 'u32', 'u32', 'u32', 'u32'],
  SPF: ['texts'],
  SRV: ['u16', 'u16', 'u16', 'name'],
  SSHFP: ['u8', 'u8', 'hex'],
  SVCB: ['u16', 'name', 'parameters'],
  TLSA: ['u8', 'u8', 'u8', 'hex'],
  TXT: ['texts'],
}

/** These take what is left of the value; all others take one word of it. */
const TAKES_ALL: ReadonlySet<Field> = new Set(['texts', 'hex', 'parameters'])

/**
 * The data of a record from its value as Route 53 writes it, such as `10 mail.example.com` or `"some" "text"`.
 *
 * @throws where the value is not one of this type
 */
export function dataOf(type: PacketType, value: string): readonly Piece[] {
  const words = wordsOf(value)
  const fields = LAYOUTS[type]
  const last = fields.at(-1)
  const open = last !== undefined && TAKES_ALL.has(last)
  if (open ? words.length < fields.length - 1 : words.length !== fields.length) throw unwritable(type, value)
  return fields.map((field, index) => {
    const piece = WRITE[field](TAKES_ALL.has(field) ? words.slice(index) : words.slice(index, index + 1))
    if (!piece) throw unwritable(type, value)
    return piece
  })
}

function unwritable(type: PacketType, value: string): Error {
  return new Error(`\`${value}\` is no value of a record of type ${type}`)
}

/** Words are divided by blanks; quotes keep them together, also after the `=` of a parameter. */
function wordsOf(value: string): readonly string[] {
  return [...value.matchAll(/([^\s"]*)"((?:[^"\\]|\\.)*)"|[^\s"]+/gs)].map(([whole, before, quoted]) =>
    quoted === undefined ? whole : `${before}${quoted}`,
  )
}

/** Each answers nothing where the words do not fit. */
const WRITE: Readonly<Record<Field, (words: readonly string[]) => Piece | undefined>> = {
  u8: ([word]) => numberBytes(word, 1),
  u16: ([word]) => numberBytes(word, 2),
  u32: ([word]) => numberBytes(word, 4),
  ipv4: ([word = '']) => numberBytes(parseAddress(word)?.toString(), 4),
  ipv6: ([word = '']) => ipv6Bytes(word),
  name: ([name = '']) => ({ name, compress: false }),
  'short name': ([name = '']) => ({ name, compress: true }),
  text: ([word = '']) => textBytes(word),
  rest: ([word = '']) => bytesOfText(word),
  texts: (words) => {
    const bytes: number[] = []
    for (const word of words) {
      const text = textBytes(word)
      if (!text) return undefined
      bytes.push(...text)
    }
    return words.length > 0 ? bytes : undefined
  },
  hex: (words) => {
    const digits = words.join('')
    if (!/^([\da-f]{2})+$/i.test(digits)) return undefined
    return [...digits.matchAll(/../g)].map(([byte]) => Number.parseInt(byte, 16))
  },
  parameters: serviceParameters,
}

export function numberBytes(word: string | undefined, length: number): readonly number[] | undefined {
  const number = Number(word)
  if (word === undefined || !/^\d+$/.test(word) || number >= 256 ** length) return undefined
  return Array.from({ length }, (_, index) => Math.floor(number / 256 ** (length - 1 - index)) % 256)
}

/** With its length before it. */
function textBytes(word: string): readonly number[] | undefined {
  const bytes = bytesOfText(word)
  return bytes.length > 255 ? undefined : [bytes.length, ...bytes]
}
