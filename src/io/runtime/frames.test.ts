import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeFrame, FRAME, type Frame, frameReader } from './frames.ts'

const frame = fc.record({
  kind: fc.constantFrom(...Object.values(FRAME)),
  header: fc.dictionary(
    fc.string().filter((key) => key !== '__proto__'),
    fc.oneof(fc.string(), fc.integer(), fc.boolean()),
  ),
  body: fc.uint8Array({ maxLength: 200 }),
})

describe('frames', () => {
  it('arrive as they were sent, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 6 }), fc.array(fc.nat(50), { maxLength: 30 }), (frames, cuts) => {
        const stream = Buffer.concat(frames.map(({ kind, header, body }) => encodeFrame(kind, header, body)))
        const received: Frame[] = []
        const read = frameReader((each) => received.push({ ...each, body: Uint8Array.from(each.body) }))
        let at = 0
        for (const cut of cuts) {
          read(stream.subarray(at, at + cut))
          at = Math.min(at + cut, stream.length)
        }
        read(stream.subarray(at))
        expect(received).toEqual(
          frames.map((each) => ({ ...each, header: { ...each.header }, body: Uint8Array.from(each.body) })),
        )
      }),
    )
  })

  it('are refused when they announce more than any answer may have', () => {
    const read = frameReader(() => {})
    expect(() => read(Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 2]))).toThrow('too large')
  })
})
