import { decode, encode } from 'dns-packet'
import { describe, expect, it } from 'vitest'
import { type NamedNetwork, resolve } from '../net/resolve.ts'
import { network } from '../net/testing/two-vpcs.ts'
import type { RecordType, Zone, ZoneRecord } from '../net/zones.ts'
import { type Answer, answerQuery, failure } from './answer-query.ts'

const record = (name: string, type: RecordType, ...values: string[]): ZoneRecord => ({ name, type, ttl: 60, values })
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

const zones: readonly Zone[] = [
  {
    id: 'Z1',
    name: 'example.com',
    seenBy: 'everybody',
    records: [
      { ...record('example.com', 'SOA', 'ns-1.awsdns-00.com. hostmaster.example.com. 1 7200 900 1209600 300'), ttl: 900 },
      record('example.com', 'MX', '10 mail.example.com'),
      record('one.example.com', 'A', '10.0.1.20'),
      record('two.example.com', 'A', '10.0.1.20', '10.0.2.20'),
      record('www.example.com', 'CNAME', 'one.example.com'),
      record('out.example.com', 'CNAME', 'gone.example.org'),
      record('loop.example.com', 'CNAME', 'loop.example.com'),
      record('26.example.com', 'A', ...numbers(26).map((one) => `10.0.0.${one}`)),
      record('60.example.com', 'A', ...numbers(60).map((one) => `10.0.0.${one}`)),
      record('80.example.com', 'A', ...numbers(80).map((one) => `10.0.0.${one}`)),
      record('400.example.com', 'TXT', ...numbers(400).map((one) => `"${one}${'x'.repeat(200)}"`)),
      record('*.wild.example.com', 'TXT', '"any"'),
      record('broken.example.com', 'A', 'ten'),
    ],
  },
  { id: 'Z2', name: 'amazonaws.com', seenBy: 'everybody', keptBy: 'AWS', records: [record('x.amazonaws.com', 'A', '10.0.0.1')] },
]
const named: NamedNetwork = { ...network, zones }
const answer: Answer = (name, type) => resolve(named, { kind: 'internet' }, name, type)

const RECURSION_DESIRED = 0x0100

type Given = Parameters<typeof encode>[0]
type OptRecord = Extract<NonNullable<Given['additionals']>[number], { type: 'OPT' }>
const edns = (given: Partial<OptRecord> = {}): OptRecord => ({
  ...{ type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] },
  ...given,
})

function query(name: string, type: string, given: Given = {}): Buffer {
  const questions = [{ name, type: type as 'A', class: 'IN' as const }]
  return encode({ type: 'query', id: 4711, flags: RECURSION_DESIRED, questions, ...given })
}

function ask(packet: Uint8Array, transport: 'udp' | 'tcp' = 'udp') {
  const bytes = answerQuery(packet, transport, answer)
  return bytes && Object.assign(decode(Buffer.from(bytes)), { size: bytes.length })
}

/** `NOERROR A 10.0.1.20 60 | SOA …`: everything that a table of cases wants to see. */
function shown(packet: Uint8Array, transport: 'udp' | 'tcp' = 'udp'): string {
  const response = ask(packet, transport)
  if (!response) return 'nothing'
  const { answers = [], authorities = [], flag_tc } = response
  const section = (records: typeof answers) =>
    records
      .filter((one) => one.type !== 'OPT')
      .map((one) => {
        const { name, type, ttl, data } = one as { name: string; type: string; ttl?: number; data: unknown }
        const value = type === 'SOA' ? (data as { mname: string }).mname : Array.isArray(data) ? data.join() : data
        return `${name} ${ttl} ${type} ${typeof value === 'object' ? JSON.stringify(value) : value}`
      })
  const rcode = (response as unknown as { rcode: string }).rcode
  return [
    rcode,
    flag_tc ? 'TC' : '',
    section(answers).join(', '),
    section(authorities)
      .map((one) => `(${one})`)
      .join(),
  ]
    .filter((part) => part !== '')
    .join(' ')
}

const NEGATIVE = '(example.com 300 SOA ns-1.awsdns-00.com)'

const QUESTIONS: readonly [string, string, string, string][] = [
  ['an address', 'one.example.com', 'A', 'NOERROR one.example.com 60 A 10.0.1.20'],
  ['several values', 'two.example.com', 'A', 'NOERROR two.example.com 60 A 10.0.1.20, two.example.com 60 A 10.0.2.20'],
  ['a chain', 'www.example.com', 'A', 'NOERROR www.example.com 60 CNAME one.example.com, one.example.com 60 A 10.0.1.20'],
  ['the type of the chain itself', 'www.example.com', 'CNAME', 'NOERROR www.example.com 60 CNAME one.example.com'],
  [
    'a chain to a type that is not there',
    'www.example.com',
    'MX',
    `NOERROR www.example.com 60 CNAME one.example.com ${NEGATIVE}`,
  ],
  ['a chain to nowhere', 'out.example.com', 'A', 'NXDOMAIN out.example.com 60 CNAME gone.example.org'],
  ['an endless chain', 'loop.example.com', 'A', 'SERVFAIL'],
  ['no such name', 'none.example.com', 'A', `NXDOMAIN ${NEGATIVE}`],
  ['no such type', 'one.example.com', 'AAAA', `NOERROR ${NEGATIVE}`],
  ['a type that nothing has', 'one.example.com', 'HIP', `NOERROR ${NEGATIVE}`],
  [
    'no such name in a zone of AWS, whose SOA says 900',
    'none.amazonaws.com',
    'A',
    'NXDOMAIN (amazonaws.com 900 SOA ns-1536.awsdns-00.co.uk)',
  ],
  ['no zone: nothing to remember', 'example.org', 'A', 'NXDOMAIN'],
  ['a wildcard', 'a.b.wild.example.com', 'TXT', 'NOERROR a.b.wild.example.com 60 TXT any'],
  ['a mail exchange', 'example.com', 'MX', 'NOERROR example.com 60 MX {"preference":10,"exchange":"mail.example.com"}'],
  ['the root', '.', 'NS', 'NOERROR'],
  ['everything', 'one.example.com', 'ANY', 'NOERROR one.example.com 3600 HINFO {"cpu":"RFC8482","os":""}'],
  ['everything of an alias', 'www.example.com', 'ANY', 'NOERROR www.example.com 60 CNAME one.example.com'],
  ['everything of no name', 'none.example.com', 'ANY', `NXDOMAIN ${NEGATIVE}`],
  ['a zone transfer', 'example.com', 'AXFR', 'REFUSED'],
  ['a part of a zone transfer', 'example.com', 'IXFR', 'REFUSED'],
  ['a type of packets', 'example.com', 'OPT', 'FORMERR'],
  ['mailboxes of old', 'example.com', 'UNKNOWN_253', 'NOTIMP'],
]

const one = query('one.example.com', 'A')
const changed = (at: number, ...bytes: number[]) => {
  const copy = Buffer.from(one)
  copy.set(bytes, at)
  return copy
}

const PACKETS: readonly [string, Buffer, string][] = [
  ['nothing', Buffer.alloc(0), 'nothing'],
  ['half a header', one.subarray(0, 11), 'nothing'],
  ['an answer', changed(2, 0x81), 'nothing'],
  ['a header alone', one.subarray(0, 12), 'FORMERR'],
  ['a name that is cut off', one.subarray(0, 20), 'FORMERR'],
  ['a question without a class', one.subarray(0, -1), 'FORMERR'],
  ['no question', changed(4, 0, 0), 'FORMERR'],
  [
    'two questions',
    query('a', 'A', { questions: [1, 2].map(() => ({ name: 'one.example.com', type: 'A' as const })) }),
    'FORMERR',
  ],
  ['65,535 questions', changed(4, 0xff, 0xff), 'FORMERR'],
  ['a question with an answer', changed(6, 0, 1), 'FORMERR'],
  ['65,535 further records', changed(10, 0xff, 0xff), 'FORMERR'],
  ['a further record that is not there', changed(10, 0, 1), 'FORMERR'],
  ['a name that points to itself', changed(12, 0xc0, 12), 'FORMERR'],
  ['a name that points ahead', changed(12, 0xc0, 20), 'FORMERR'],
  ['a label of the kind that was never used', changed(12, 0x80), 'FORMERR'],
  ['a label longer than the packet', changed(12, 63), 'FORMERR'],
  ['a name longer than names are', query(`${'a'.repeat(63)}.`.repeat(5), 'A'), 'FORMERR'],
  ['bytes after the question', Buffer.concat([one, Buffer.from('more')]), 'NOERROR one.example.com 60 A 10.0.1.20'],
  ['a notice', changed(2, 4 << 3), 'NOTIMP'],
  ['an update', changed(2, 5 << 3), 'NOTIMP'],
  ['a status that is malformed', changed(2, 2 << 3, 0, 9), 'NOTIMP'],
  ['the class of chaos', changed(one.length - 1, 3), 'REFUSED'],
  ['every class', changed(one.length - 1, 255), 'REFUSED'],
  [
    'a signature of some kind',
    query('one.example.com', 'A', { additionals: [{ type: 'A', name: 'x', data: '1.2.3.4' }] }),
    'NOERROR one.example.com 60 A 10.0.1.20',
  ],
  ['EDNS of a name', Buffer.concat([changed(11, 1), Buffer.from('\x01x\0\0\x29\0\0\0\0\0\0\0\0', 'latin1')]), 'FORMERR'],
  [
    'EDNS with options that are cut off',
    Buffer.concat([changed(11, 1), Buffer.from('\0\0\x29\0\0\0\0\0\0\0\x09', 'latin1')]),
    'FORMERR',
  ],
  ['EDNS of a later version', query('one.example.com', 'A', { additionals: [edns({ ednsVersion: 1 })] }), 'NOERROR'],
]

describe('what a resolver sends back', () => {
  it.each(QUESTIONS)('for %s', (_what, name, type, expected) => {
    expect(shown(query(name, type))).toBe(expected)
  })

  it.each(PACKETS)('for %s', (_what, packet, expected) => {
    expect(shown(packet)).toBe(expected)
  })

  it('is nothing where nobody answers', () => {
    const silent: Answer = (name, type) => ({ ...answer(name, type), outcome: 'timeout' })
    expect(answerQuery(one, 'udp', silent)).toBeUndefined()
  })

  it('has the flags of a resolver', () => {
    expect(ask(one)).toMatchObject({
      id: 4711,
      flag_qr: true,
      flag_aa: false,
      flag_rd: true,
      flag_ra: true,
      flag_tc: false,
      flag_ad: false,
    })
    expect(ask(changed(2, 0, 0x10))).toMatchObject({ flag_rd: false, flag_cd: true })
  })

  it('repeats the question as it was written, and answers by that name', () => {
    const response = ask(query('oNe.eXaMpLe.CoM', 'A'))
    expect(response?.questions).toMatchObject([{ name: 'oNe.eXaMpLe.CoM', type: 'A' }])
    expect(response?.answers).toMatchObject([{ name: 'oNe.eXaMpLe.CoM', data: '10.0.1.20' }])
  })

  it('tells a dot inside a label from one between labels', () => {
    const packet = Buffer.from(one)
    // `one.example` as one label.
    packet[12] = 11
    packet[16] = '.'.charCodeAt(0)
    expect(shown(packet)).toMatch(/^NXDOMAIN/)
    // Whatever bytes a name has, a wildcard covers it.
    const odd = query('xx.wild.example.com', 'TXT')
    odd.set([0xff, 0x00], 13)
    expect(ask(odd)?.answers).toMatchObject([{ type: 'TXT' }])
    expect(answerQuery(odd, 'udp', answer)?.subarray(12, odd.length)).toEqual(Uint8Array.from(odd.subarray(12)))
  })

  it('throws for a record that no packet can hold, so that somebody hears of it; the answer is a failure', () => {
    const broken = query('broken.example.com', 'A', { additionals: [edns()] })
    expect(() => answerQuery(broken, 'udp', answer)).toThrow('`ten` is no value of a record of type A')
    expect(decode(Buffer.from(failure(broken, 'udp') ?? []))).toMatchObject({ id: 4711, rcode: 'SERVFAIL', answers: [] })
    expect(failure(one.subarray(0, 5), 'udp')).toBeUndefined()
  })
})

describe('EDNS', () => {
  it('is answered with EDNS of our own, without the options', () => {
    const options = [{ code: 10, data: Buffer.alloc(8) }] as unknown as OptRecord['options']
    expect(
      ask(query('one.example.com', 'A', { additionals: [edns({ options, udpPayloadSize: 4096, flags: 0x8000 })] }))?.additionals,
    ).toEqual([
      expect.objectContaining({
        type: 'OPT',
        name: '.',
        udpPayloadSize: 1232,
        ednsVersion: 0,
        extendedRcode: 0,
        flag_do: true,
        options: [],
      }),
    ])
    expect(ask(one)?.additionals).toEqual([])
  })

  it('of a later version is refused in the words of the first', () => {
    const [opt] = ask(query('one.example.com', 'A', { additionals: [edns({ ednsVersion: 1 })] }))?.additionals ?? []
    expect(opt).toMatchObject({ extendedRcode: 1, ednsVersion: 0 })
  })
})

describe('size', () => {
  const sized = (name: string, udpPayloadSize?: number) =>
    query(
      name,
      name.startsWith('400') ? 'TXT' : 'A',
      udpPayloadSize === undefined ? {} : { additionals: [edns({ udpPayloadSize })] },
    )

  it.each([
    ['26.example.com', undefined, 26],
    ['60.example.com', undefined, 'TC'],
    ['60.example.com', 1, 'TC'],
    ['60.example.com', 1232, 60],
    ['80.example.com', 1232, 'TC'],
    ['80.example.com', 65_535, 'TC'],
  ] as const)('%s, to one who takes %s over UDP: %s', (name, size, expected) => {
    const response = ask(sized(name, size))
    expect(response?.size).toBeLessThanOrEqual(Math.min(Math.max(size ?? 512, 512), 1232))
    expect(response?.flag_tc ? 'TC' : response?.answers?.length).toBe(expected)
    // Cut off, it has no part of the answer, but all that is about the packet.
    if (response?.flag_tc) expect([response.answers, response.questions?.length]).toEqual([[], 1])
    if (response?.flag_tc) expect(response.additionals?.length).toBe(size === undefined ? 0 : 1)
  })

  it('over TCP is that of all records', () => {
    expect(ask(sized('80.example.com'), 'tcp')).toMatchObject({
      flag_tc: false,
      answers: expect.objectContaining({ length: 80 }),
    })
  })

  it('over TCP has a limit too', () => {
    expect(shown(sized('400.example.com'))).toBe('NOERROR TC')
    expect(shown(sized('400.example.com'), 'tcp')).toBe('SERVFAIL')
  })
})
