import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UnreadableRequest } from '../exchange.ts'
import { decodeCbor, encodeCbor } from './cbor-codec.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

// The examples of RFC 8949, appendix A.
describe('the examples of the standard', () => {
  it.each<[string, unknown]>([
    ['00', 0],
    ['1818', 24],
    ['1903e8', 1000],
    ['1a000f4240', 1_000_000],
    ['1b000000e8d4a51000', 1_000_000_000_000],
    ['20', -1],
    ['3903e7', -1000],
    ['f93c00', 1],
    ['f97bff', 65504],
    ['f90001', 2 ** -24],
    ['fa47c35000', 100000],
    ['fb3ff199999999999a', 1.1],
    ['f97c00', Number.POSITIVE_INFINITY],
    ['f4', false],
    ['f5', true],
    ['f6', null],
    ['c11a514b67b0', new Date(1363896240000)],
    ['6449455446', 'IETF'],
    ['62c3bc', 'ü'],
    ['83010203', [1, 2, 3]],
    ['a26161016162820203', { a: 1, b: [2, 3] }],
    ['7f657374726561646d696e67ff', 'streaming'],
    ['9f018202039f0405ffff', [1, [2, 3], [4, 5]]],
    ['bf61610161629f0203ffff', { a: 1, b: [2, 3] }],
  ])('%s', (bytes, value) => {
    expect(decodeCbor(hex(bytes))).toEqual(value)
  })

  it.each(['', '18', '62c3', '8301', 'ff', '0000', 'a1', '9f', '1c', '5f01ff', 'a16a5f5f70726f746f5f5f01', '81'.repeat(100)])(
    'refuses %s',
    (bytes) => {
      expect(() => decodeCbor(hex(bytes))).toThrow()
    },
  )
})

it('what is written is read', () => {
  const values = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.string(),
      fc.double({ noNaN: true }),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.date({ noInvalidDate: true }),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('value'), { maxLength: 4 }),
    map: fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  })).value
  fc.assert(
    fc.property(values, (value) => {
      expect(decodeCbor(encodeCbor(value))).toEqual(value)
    }),
  )
})

it('never fails in another way than by refusing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      try {
        decodeCbor(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableRequest)
      }
    }),
    { numRuns: 2000 },
  )
})
