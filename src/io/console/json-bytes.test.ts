import { describe, expect, it } from 'vitest'
import { fromJson, toJson } from './json-bytes.ts'

describe("the local API's JSON", () => {
  it.each([
    ['bytes', new Uint8Array([0, 255, 7])],
    ['a Buffer, which would write itself otherwise', Buffer.from([0, 255, 7])],
    ['a part of a Buffer', Buffer.from([9, 0, 255, 7, 9]).subarray(1, 4)],
  ])('carries %s there and back', (_what, bytes) => {
    expect(fromJson(toJson({ a: [bytes] }))).toEqual({ a: [new Uint8Array([0, 255, 7])] })
  })

  it('writes dates as ISO text', () => {
    expect(toJson({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}')
  })

  it('says of what is not JSON that it is not', () => {
    expect(() => fromJson('{')).toThrow(/^the body is not JSON/)
  })
})
