import { describe, expect, it } from 'vitest'
import { refuseUnsupported } from './unsupported.ts'

describe('refuseUnsupported', () => {
  it.each([[{}], [{ a: undefined }], [{ a: false }], [{ a: [] }], [{ b: 1 }]])('lets %j pass', (input) => {
    expect(() => refuseUnsupported<{ a?: unknown; b?: unknown }>(input, ['a'])).not.toThrow()
  })

  it('names everything that is asked for', () => {
    expect(() => refuseUnsupported({ a: true, b: ['x'], c: 1 }, ['a', 'b'])).toThrow('postern does not support `a`, `b` here')
  })
})
