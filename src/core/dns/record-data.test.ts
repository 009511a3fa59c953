import { decode } from 'dns-packet'
import { describe, expect, it } from 'vitest'
import type { PacketType } from './numbers.ts'
import { dataOf } from './record-data.ts'
import { writeResponse } from './write-response.ts'

/** The record as another implementation reads it. */
function read(type: PacketType, value: string): unknown {
  const query = { id: 1, opcode: 0, recursionDesired: true, checkingDisabled: false, malformed: false }
  const packet = writeResponse(query, { rcode: 'NOERROR', answers: [{ name: 'a.example.com', type, ttl: 60, value }] }, 'tcp')
  const [answer] = decode(Buffer.from(packet)).answers ?? []
  return (answer as { data: unknown }).data
}

const hex = (text: string) => Buffer.from(text, 'hex')

const READ: readonly [PacketType, string, unknown][] = [
  ['A', '10.0.1.20', '10.0.1.20'],
  ['A', '255.255.255.255', '255.255.255.255'],
  ['AAAA', '2001:db8::1', '2001:db8::1'],
  ['AAAA', '::', '::'],
  ['AAAA', '::ffff:10.0.1.20', '::ffff:a00:114'],
  ['AAAA', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
  ['CNAME', 'target.example.org.', 'target.example.org'],
  ['CNAME', 'two\\.dots\\056.example.org', 'two.dots..example.org'],
  ['CNAME', 'ü.example.org', 'ü.example.org'],
  ['NS', 'ns-1.awsdns-00.com.', 'ns-1.awsdns-00.com'],
  ['PTR', 'host.a.example.com', 'host.a.example.com'],
  ['MX', '10 mail.example.com.', { preference: 10, exchange: 'mail.example.com' }],
  ['SRV', '1 10 5269 xmpp.example.com.', { priority: 1, weight: 10, port: 5269, target: 'xmpp.example.com' }],
  ['TXT', '"one"', [Buffer.from('one')]],
  ['TXT', '"two words" "and more"', [Buffer.from('two words'), Buffer.from('and more')]],
  ['TXT', '"a \\"quote\\" and \\303\\251"', [Buffer.from('a "quote" and é')]],
  ['TXT', 'bare', [Buffer.from('bare')]],
  ['TXT', '""', [Buffer.from('')]],
  ['HINFO', '"RFC8482" ""', { cpu: 'RFC8482', os: '' }],
  ['CAA', '0 issue "amazon.com; x=1"', { flags: 0, tag: 'issue', value: 'amazon.com; x=1', issuerCritical: false }],
  [
    'NAPTR',
    '100 50 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .',
    { order: 100, preference: 50, flags: 'u', services: 'E2U+sip', regexp: '!^.*$!sip:info@example.com!', replacement: '.' },
  ],
  ['DS', '12345 3 1 49FD46E6C4B45C55', { keyTag: 12345, algorithm: 3, digestType: 1, digest: hex('49FD46E6C4B45C55') }],
  ['TLSA', '3 1 1 0a0b', { usage: 3, selector: 1, matchingType: 1, certificate: hex('0a0b') }],
  [
    'SSHFP',
    '4 1 123456789abcdef67890123456789abcdef67890',
    { algorithm: 4, hash: 1, fingerprint: '123456789ABCDEF67890123456789ABCDEF67890' },
  ],
  [
    'SOA',
    'ns-1.awsdns-00.com. hostmaster.amazon.com. 1 7200 900 1209600 86400',
    {
      ...{ mname: 'ns-1.awsdns-00.com', rname: 'hostmaster.amazon.com' },
      ...{ serial: 1, refresh: 7200, retry: 900, expire: 1_209_600, minimum: 86_400 },
    },
  ],
  // As RFC 9460 has them in its appendix D.
  ['HTTPS', '0 foo.example.com.', hex('000003666f6f076578616d706c6503636f6d00')],
  ['SVCB', '1 .', hex('000100')],
  ['SVCB', '16 foo.example.com. port=53', hex('001003666f6f076578616d706c6503636f6d00000300020035')],
  ['SVCB', '1 foo.example.com. key667="hello"', hex('000103666f6f076578616d706c6503636f6d00029b000568656c6c6f')],
  [
    'SVCB',
    '1 foo.example.com. ipv6hint="2001:db8::1,2001:db8::53:1"',
    hex(
      '000103666f6f076578616d706c6503636f6d0000060020' + '20010db8000000000000000000000001' + '20010db8000000000000000000530001',
    ),
  ],
  [
    'HTTPS',
    '16 foo.example.org. alpn="h2,h3-19" mandatory=ipv4hint,alpn ipv4hint=192.0.2.1',
    hex('001003666f6f076578616d706c65036f726700' + '0000000400010004' + '00010009026832' + '0568332d3139' + '00040004c0000201'),
  ],
]

const REFUSED: readonly [PacketType, string][] = [
  ['A', '10.0.1.256'],
  ['A', '10.0.1.20 10.0.1.21'],
  ['A', ''],
  ['AAAA', '1:2:3'],
  ['AAAA', '::1::'],
  ['AAAA', '12345::'],
  ['AAAA', '1:2:3:4:5:6:7::8'],
  ['MX', '10'],
  ['MX', '70000 mail.example.com'],
  ['TXT', `"${'x'.repeat(256)}"`],
  ['DS', '1 2 3 abc'],
  ['DS', '1 2 3'],
  ['SVCB', '1 . unheard=1'],
  ['SVCB', '1 . port=70000'],
  ['SVCB', '1 . port=1 port=2'],
  ['SVCB', '1 . mandatory=unheard'],
  ['SVCB', '1 . no-default-alpn=1'],
  ['CNAME', 'two names'],
]

describe("records' data", () => {
  it.each(READ)('%s %s', (type, value, expected) => {
    expect(read(type, value)).toEqual(expected)
  })

  it.each(['a..example.com', '.a.example.com', `${'a'.repeat(64)}.example.com`, `${'a'.repeat(63)}.`.repeat(4)])(
    'a name like %s cannot be written',
    (name) => {
      expect(() => read('CNAME', name)).toThrow('is no name')
    },
  )

  it.each(REFUSED)('%s %s is none', (type, value) => {
    expect(() => dataOf(type, value)).toThrow(`\`${value}\` is no value of a record of type ${type}`)
  })
})
