import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { page } from './pages.ts'

describe('page', () => {
  it('gives every item once, in order, whatever the size of a page', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 10 }), (items, size) => {
        const seen: number[] = []
        let token: string | undefined
        do {
          const { items: found, NextToken } = page(items, token, size)
          expect(found.length).toBeLessThanOrEqual(size)
          seen.push(...found)
          token = NextToken
        } while (token !== undefined)
        expect(seen).toEqual(items)
      }),
    )
  })

  it('refuses a token that it did not give', () => {
    expect(() => page([1], 'nonsense')).toThrow('NextToken is invalid')
  })
})
