import fc from 'fast-check'
import { expect, it } from 'vitest'
import { framesOf } from './frames.ts'

const packets = fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 8 })

it('finds the same packets, however the stream is cut', () => {
  fc.assert(
    fc.property(packets, fc.array(fc.nat(2_000)), (sent, cuts) => {
      const stream = Buffer.concat(
        sent.map((packet) => Buffer.concat([Buffer.from([packet.length >> 8, packet.length & 255]), packet])),
      )
      const places = [...cuts.map((cut) => Math.min(cut, stream.length)), 0, stream.length].sort((a, b) => a - b)
      const frames = framesOf()
      const found = places.slice(1).flatMap((to, index) => frames(stream.subarray(places[index], to)))
      expect(found.map((packet) => [...packet])).toEqual(sent.map((packet) => [...packet]))
    }),
  )
})

it('waits for the rest of a packet', () => {
  const frames = framesOf()
  expect([...Buffer.from([0, 3, 1, 2])].flatMap((byte) => frames(Buffer.from([byte])))).toEqual([])
  expect(frames(Buffer.from([3, 0]))).toEqual([Buffer.from([1, 2, 3])])
  expect(frames(Buffer.from([0]))).toEqual([Buffer.alloc(0)])
})
