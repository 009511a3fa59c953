import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  contains,
  firstFreeAddress,
  formatAddress,
  formatCidr,
  overlaps,
  parseAddress,
  parseCidr,
  sizeOf,
  usableCount,
} from './cidr.ts'

const cidr = fc
  .tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: 0, max: 32 }))
  .map(([address, prefix]) => ({ base: address - (address % sizeOf(prefix)), prefix }))

describe('parseCidr', () => {
  test.each([
    ['10.0.0.0/16', '10.0.0.0/16'],
    ['100.68.0.18/18', '100.68.0.0/18'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255/32', '255.255.255.255/32'],
  ])('reads %s as %s', (text, canonical) => {
    const parsed = parseCidr(text)
    expect(parsed && formatCidr(parsed)).toBe(canonical)
  })

  test.each(['', '10.0.0.0', '10.0.0/8', '10.0.0.256/8', '10.0.0.0/33', '10.0.0.01/8', '10.0.0.0/16 ', '::/0', 'a.b.c.d/8'])(
    'refuses `%s`',
    (text) => {
      expect(parseCidr(text)).toBeUndefined()
    },
  )

  test('reads what formatCidr wrote', () => {
    fc.assert(
      fc.property(cidr, (block) => {
        expect(parseCidr(formatCidr(block))).toEqual(block)
      }),
    )
  })
})

test('an address survives being written and read', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 32 - 1), (address) => {
      expect(parseAddress(formatAddress(address))).toBe(address)
    }),
  )
})

test('two blocks overlap exactly when some address is in both', () => {
  const small = fc
    .tuple(fc.nat(255), fc.integer({ min: 24, max: 32 }))
    .map(([address, prefix]) => ({ base: address - (address % sizeOf(prefix)), prefix }))
  const addresses = ({ base, prefix }: { base: number; prefix: number }) =>
    Array.from({ length: sizeOf(prefix) }, (_, at) => base + at)
  fc.assert(
    fc.property(small, small, (one, other) => {
      const of = new Set(addresses(one))
      expect(overlaps(one, other)).toBe(addresses(other).some((address) => of.has(address)))
      expect(contains(one, other)).toBe(addresses(other).every((address) => of.has(address)))
    }),
  )
})

test('addresses are given out once each, never a reserved one, until the subnet is full', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 20), fc.integer({ min: 26, max: 28 }), (seed, prefix) => {
      const subnet = { base: seed * 256, prefix }
      const taken = new Set<string>()
      for (let next = firstFreeAddress(subnet, taken); next !== undefined; next = firstFreeAddress(subnet, taken)) {
        const offset = (parseAddress(next) ?? Number.NaN) - subnet.base
        expect(offset).toBeGreaterThanOrEqual(4)
        expect(offset).toBeLessThan(sizeOf(prefix) - 1)
        taken.add(next)
      }
      expect(taken.size).toBe(usableCount(subnet))
    }),
  )
})
