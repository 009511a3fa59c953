import { readName } from './names.ts'
import { OPT } from './numbers.ts'

/** What somebody asks, as far as it can be read. */
export interface Query {
  readonly id: number
  /** 0 is a question; the others are zone transfers' notices, updates and the like. */
  readonly opcode: number
  readonly recursionDesired: boolean
  readonly checkingDisabled: boolean
  /** Missing where it cannot be read. */
  readonly question?: Question
  /** https://www.rfc-editor.org/rfc/rfc6891 */
  readonly edns?: Edns
  /** Whether something in it cannot be read, or there is more of it than a question has. */
  readonly malformed: boolean
}

export interface Question {
  /** As `names.ts` has it. */
  readonly name: string
  readonly type: number
  readonly class: number
  /** As it was written: the answer repeats it, letter case and all. */
  readonly bytes: Uint8Array
}

export interface Edns {
  /** The longest answer that whoever asks can take over UDP. */
  readonly size: number
  readonly version: number
  readonly dnssecOk: boolean
}

const HEADER = 12

/** Reads a query; nothing where the bytes are none: too short, or an answer (answering these lets two servers talk for ever). */
export function readQuery(bytes: Uint8Array): Query | undefined {
  if (bytes.length < HEADER) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const flags = view.getUint16(2)
  if ((flags & 0x8000) !== 0) return undefined
  const head = {
    id: view.getUint16(0),
    opcode: (flags >> 11) & 0xf,
    recursionDesired: (flags & 0x0100) !== 0,
    checkingDisabled: (flags & 0x0010) !== 0,
  }
  const [questions, answers, authorities, additionals] = [4, 6, 8, 10].map((at) => view.getUint16(at))
  // Nobody asks more than one question in a packet (RFC 9619), and with a question goes no other record than EDNS's own.
  const question = questions === 1 && answers === 0 && authorities === 0 ? readQuestion(bytes, view) : undefined
  if (!question || additionals === undefined || additionals > 1) return { ...head, malformed: true }
  if (additionals === 0) return { ...head, question, malformed: false }
  const edns = readEdns(bytes, view, HEADER + question.bytes.length)
  return { ...head, question, ...(edns && edns !== 'other' && { edns }), malformed: edns === undefined }
}

function readQuestion(bytes: Uint8Array, view: DataView): Question | undefined {
  const read = readName(bytes, HEADER)
  if (!read || read.end + 4 > bytes.length) return undefined
  return {
    name: read.name,
    type: view.getUint16(read.end),
    class: view.getUint16(read.end + 2),
    bytes: bytes.subarray(HEADER, read.end + 4),
  }
}

/** The EDNS record at `at`, whose options are left alone; `other` for a record of another kind, which says nothing here. */
function readEdns(bytes: Uint8Array, view: DataView, at: number): Edns | 'other' | undefined {
  const read = readName(bytes, at)
  // A name that points to the question is allowed here, and never EDNS's: that one is the root.
  if (!read) return (bytes[at] ?? 0) >= 0xc0 ? 'other' : undefined
  if (read.end + 10 > bytes.length) return undefined
  if (view.getUint16(read.end) !== OPT) return 'other'
  if (read.name !== '' || read.end + 10 + view.getUint16(read.end + 8) > bytes.length) return undefined
  return {
    size: view.getUint16(read.end + 2),
    version: view.getUint8(read.end + 5),
    dnssecOk: (view.getUint16(read.end + 6) & 0x8000) !== 0,
  }
}
