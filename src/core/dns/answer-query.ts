import type { AnswerRecord, Resolution } from '../net/resolve.ts'
import { type AskedType, soaOf, type Zone } from '../net/zones.ts'
import { CLASS_IN, type PacketType, type Rcode, TYPE_NUMBERS } from './numbers.ts'
import { type Question, readQuery } from './read-query.ts'
import { type PacketRecord, type Response, writeResponse } from './write-response.ts'

/** What a name is, where whoever asks stands. */
export type Answer = (name: string, type: AskedType) => Resolution

/**
 * What a resolver sends back for a packet; nothing where the packet is no query, or nobody would answer it.
 *
 * @throws where a zone has a record with a value that is none of its type; `failure` is the answer then
 */
export function answerQuery(packet: Uint8Array, transport: 'udp' | 'tcp', answer: Answer): Uint8Array | undefined {
  const query = readQuery(packet)
  if (!query) return undefined
  const refusal = refusalOf(query)
  if (refusal || !query.question) return writeResponse(query, { rcode: refusal ?? 'FORMERR' }, transport)
  const response = query.question.type === EVERYTHING ? aboutEverything(query.question, answer) : about(query.question, answer)
  return response && writeResponse(query, response, transport)
}

/** The answer to a query that something here cannot answer. */
export function failure(packet: Uint8Array, transport: 'udp' | 'tcp'): Uint8Array | undefined {
  const query = readQuery(packet)
  return query && writeResponse(query, { rcode: 'SERVFAIL' }, transport)
}

function refusalOf({ opcode, malformed, question, edns }: NonNullable<ReturnType<typeof readQuery>>): Rcode | undefined {
  if (opcode !== 0) return 'NOTIMP'
  if (malformed || !question) return 'FORMERR'
  if (edns && edns.version !== 0) return 'BADVERS'
  if (question.class !== CLASS_IN) return 'REFUSED'
  return NOT_ASKED_FOR.get(question.type)
}

/** Types that are no records of a name: zone transfers, mailboxes of old, and what packets carry for themselves. */
const NOT_ASKED_FOR: ReadonlyMap<number, Rcode> = new Map([
  [41, 'FORMERR'],
  [249, 'FORMERR'],
  [250, 'FORMERR'],
  [251, 'REFUSED'],
  [252, 'REFUSED'],
  [253, 'NOTIMP'],
  [254, 'NOTIMP'],
])

const TYPES: ReadonlyMap<number, PacketType> = new Map(
  Object.entries(TYPE_NUMBERS).map(([type, number]) => [number, type as PacketType]),
)

function about({ name, type }: Question, answer: Answer): Response | undefined {
  const known = TYPES.get(type)
  return responseOf(answer(name, known === undefined || known === 'HINFO' ? `TYPE${type}` : known))
}

function responseOf({ outcome, records, zone }: Resolution): Response | undefined {
  if (outcome === 'timeout') return undefined
  if (outcome === 'SERVFAIL') return { rcode: 'SERVFAIL' }
  const rcode = outcome === 'NXDOMAIN' ? 'NXDOMAIN' : 'NOERROR'
  if (outcome === 'answer') return { rcode, answers: records }
  // Without a zone there is no SOA record, and nobody remembers the answer (RFC 2308, section 5).
  return { rcode, answers: records, ...(zone && { authorities: [negativeRecord(zone)] }) }
}

/** The SOA record of the zone that said no. Its TTL is how long that may be remembered: the shorter of its own two (RFC 2308). */
function negativeRecord(zone: Zone): AnswerRecord {
  const { ttl, values } = soaOf(zone)
  const [value = ''] = values
  return { name: zone.name, type: 'SOA', value, ttl: Math.min(ttl, Number(value.split(' ').at(-1))) }
}

const EVERYTHING = 255

/** Who asks for everything is given one small record: https://www.rfc-editor.org/rfc/rfc8482 */
function aboutEverything({ name }: Question, answer: Answer): Response | undefined {
  const cname = answer(name, 'CNAME')
  if (cname.outcome !== 'NODATA') return responseOf(cname)
  const small: PacketRecord = { name, type: 'HINFO', ttl: 3600, value: '"RFC8482" ""' }
  return { rcode: 'NOERROR', answers: [small] }
}
