import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sha1 } from './sha1.ts'

it('hashes any text as everybody else does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(sha1(text)).toBe(createHash('sha1').update(text, 'utf8').digest('hex'))
    }),
  )
})
