import { bytesOfText, LONGEST_LABEL, LONGEST_NAME, labelEnd } from './names.ts'
import { CLASS_IN, OPT, type PacketType, RCODES, type Rcode, TYPE_NUMBERS } from './numbers.ts'
import type { Edns, Query } from './read-query.ts'
import { dataOf } from './record-data.ts'

export interface PacketRecord {
  readonly name: string
  readonly type: PacketType
  readonly ttl: number
  /** As Route 53 writes it. */
  readonly value: string
}

export interface Response {
  readonly rcode: Rcode
  readonly answers?: readonly PacketRecord[]
  readonly authorities?: readonly PacketRecord[]
}

/** The longest UDP packet that is sent or asked for: no path through a VPC cuts it. https://dnsflagday.net/2020 */
export const UDP_SIZE = 1232
/** What everybody can take. */
const PLAIN_UDP_SIZE = 512
/** A length over TCP has two bytes. */
const TCP_SIZE = 65_535

const HEADER = 12

/**
 * The answer to a query as a resolver writes it: not authoritative, recursion available. One that does not fit into a UDP packet says so
 * and has no records, so that nobody takes a part for the whole.
 *
 * @throws where a record has a value that is none of its type
 */
export function writeResponse(query: Query, response: Response, transport: 'udp' | 'tcp'): Uint8Array {
  const limit = transport === 'tcp' ? TCP_SIZE : Math.min(Math.max(query.edns?.size ?? 0, PLAIN_UDP_SIZE), UDP_SIZE)
  const whole = writePacket(query, response, limit, false)
  if (whole) return whole
  const [bare, isCut]: [Response, boolean] =
    transport === 'udp' ? [{ rcode: response.rcode }, true] : [{ rcode: 'SERVFAIL' }, false]
  return writePacket(query, bare, limit, isCut) ?? new Uint8Array()
}

function writePacket(
  query: Query,
  { rcode, answers = [], authorities = [] }: Response,
  limit: number,
  isCut: boolean,
): Uint8Array | undefined {
  const { id, question, edns } = query
  const bytes = [...u16(id), ...u16(flagsOf(query, rcode, isCut)), ...u16(question ? 1 : 0)]
  bytes.push(...u16(answers.length), ...u16(authorities.length), ...u16(edns ? 1 : 0))
  if (question) bytes.push(...question.bytes)
  const record = recordWriter(bytes, question?.name)
  const room = limit - (edns ? EDNS_LENGTH : 0)
  for (const one of [...answers, ...authorities]) {
    record(one)
    if (bytes.length > room) return undefined
  }
  if (edns) bytes.push(...ednsRecord(edns, rcode))
  return Uint8Array.from(bytes)
}

function flagsOf({ opcode, recursionDesired, checkingDisabled }: Query, rcode: Rcode, isCut: boolean): number {
  const IS_ANSWER = 0x8000
  const RECURSION_AVAILABLE = 0x0080
  return (
    IS_ANSWER |
    (opcode << 11) |
    (isCut ? 0x0200 : 0) |
    (recursionDesired ? 0x0100 : 0) |
    RECURSION_AVAILABLE |
    (checkingDisabled ? 0x0010 : 0) |
    (RCODES[rcode] & 0xf)
  )
}

const EDNS_LENGTH = 11

/** Options are not repeated: none is understood. */
function ednsRecord({ dnssecOk }: Edns, rcode: Rcode): readonly number[] {
  return [0, ...u16(OPT), ...u16(UDP_SIZE), RCODES[rcode] >> 4, 0, dnssecOk ? 0x80 : 0, 0, 0, 0]
}

/** Writes records to the end of `bytes`. Names that were there before, as a whole or their last labels, are pointed to. */
function recordWriter(bytes: number[], asked?: string): (record: PacketRecord) => void {
  const known = new Map<string, number>()
  if (asked !== undefined) remember(known, asked, HEADER)
  return ({ name, type, ttl, value }) => {
    writeName(bytes, known, name, true)
    bytes.push(...u16(TYPE_NUMBERS[type]), ...u16(CLASS_IN), ...u16(ttl >>> 16), ...u16(ttl & 0xffff), 0, 0)
    const start = bytes.length
    for (const piece of dataOf(type, value)) {
      if ('name' in piece) writeName(bytes, known, piece.name, piece.compress)
      else for (const byte of piece) bytes.push(byte)
    }
    const length = bytes.length - start
    bytes[start - 2] = (length >> 8) & 255
    bytes[start - 1] = length & 255
  }
}

/** Where each part of the name that ends with it is. */
function remember(known: Map<string, number>, name: string, start: number): void {
  let offset = start
  for (let at = 0; at < name.length; at = labelEnd(name, at) + 1) {
    known.set(name.slice(at), offset)
    offset += 1 + bytesOfText(name.slice(at, labelEnd(name, at))).length
  }
}

/** Beyond this, a name is out of a pointer's reach. */
const FARTHEST = 0x3fff

function writeName(bytes: number[], known: Map<string, number>, written: string, compress: boolean): void {
  const name = written.endsWith('.') ? written.slice(0, -1) : written
  let length = 1
  for (let at = 0; at < name.length; at = labelEnd(name, at) + 1) {
    const rest = name.slice(at)
    const before = known.get(rest)
    if (compress && before !== undefined) {
      bytes.push(0xc0 | (before >> 8), before & 255)
      return
    }
    if (before === undefined && bytes.length <= FARTHEST) known.set(rest, bytes.length)
    const label = bytesOfText(name.slice(at, labelEnd(name, at)))
    length += 1 + label.length
    if (label.length === 0 || label.length > LONGEST_LABEL || length > LONGEST_NAME) throw new Error(`\`${name}\` is no name`)
    bytes.push(label.length, ...label)
  }
  bytes.push(0)
}

const u16 = (number: number): readonly number[] => [(number >> 8) & 255, number & 255]
