import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { address } from '#core/net/testing/two-vpcs.ts'
import { readProxyHeader } from './proxy-protocol.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const SIGNATURE = '0d0a0d0a 000d0a51 5549540a'
const FROM_TO = '0a000228 0a000114 c350 01bb'
const whole = bytes(`${SIGNATURE} 21 11 000c ${FROM_TO}`)
const origin = {
  protocol: 'tcp',
  from: { address: address('10.0.2.40'), port: 50_000 },
  to: { address: address('10.0.1.20'), port: 443 },
}

describe('the header of a forwarded connection', () => {
  it.each([
    ['of a connection', whole, { kind: 'origin', origin, length: 28 }],
    [
      'of a datagram',
      bytes(`${SIGNATURE} 21 12 000c ${FROM_TO}`),
      { kind: 'origin', origin: { ...origin, protocol: 'udp' }, length: 28 },
    ],
    ['with bytes after it', Buffer.concat([whole, bytes('1603')]), { kind: 'origin', origin, length: 28 }],
    ['with extensions', bytes(`${SIGNATURE} 21 11 0010 ${FROM_TO} 04000100`), { kind: 'origin', origin, length: 32 }],
    ['of nothing yet', Buffer.alloc(0), { kind: 'incomplete' }],
    ['cut in the signature', whole.subarray(0, 5), { kind: 'incomplete' }],
    ['cut in the addresses', whole.subarray(0, 27), { kind: 'incomplete' }],
    ['cut in the extensions', bytes(`${SIGNATURE} 21 11 0010 ${FROM_TO} 0400`), { kind: 'incomplete' }],
    ['of version 1', Buffer.from('PROXY TCP4 10.0.2.40 10.0.1.20 50000 443\r\n'), { kind: 'invalid' }],
    ['with a wrong byte as the second', bytes('0d0b'), { kind: 'invalid' }],
    ['of another version', bytes(`${SIGNATURE} 31 11 000c ${FROM_TO}`), { kind: 'invalid' }],
    ['without an origin', bytes(`${SIGNATURE} 20 00 0000`), { kind: 'invalid' }],
    ['for IPv6', bytes(`${SIGNATURE} 21 21 0024 ${FROM_TO}`), { kind: 'invalid' }],
    ['too short for its addresses', bytes(`${SIGNATURE} 21 11 000b ${FROM_TO}`), { kind: 'invalid' }],
    ['that announces more than anybody needs', bytes(`${SIGNATURE} 21 11 ffff`), { kind: 'invalid' }],
  ])('%s', (_what, given, expected) => {
    expect(readProxyHeader(given)).toEqual(expected)
  })

  it('is found to be wrong, or waited for with a bound, whatever comes', () => {
    const damaged = fc
      .tuple(fc.array(fc.tuple(fc.nat(27), fc.nat(255)), { maxLength: 3 }), fc.nat(60))
      .map(([changes, length]) => {
        const changed = Buffer.concat([whole, Buffer.alloc(32)])
        for (const [at, value] of changes) changed[at] = value
        return changed.subarray(0, length)
      })
    const random = fc.uint8Array({ maxLength: 64 }).map((some) => Buffer.from(some))
    fc.assert(
      fc.property(fc.oneof(damaged, random), fc.uint8Array({ minLength: 600, maxLength: 600 }), (given, more) => {
        const read = readProxyHeader(given)
        if (read.kind === 'origin') expect(read.length).toBeLessThanOrEqual(given.length)
        // What is wrong stays wrong, what was read stays read, and nobody is waited for beyond the bound.
        const later = readProxyHeader(Buffer.concat([given, more]))
        if (read.kind === 'incomplete') expect(later.kind).not.toBe('incomplete')
        else expect(later).toEqual(read)
      }),
      { numRuns: 5_000 },
    )
  })
})
