import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callOf } from '#io/frontdoor/dispatch.ts'
import type { Call } from '#io/frontdoor/exchange.ts'
import { type ProtocolKey, protocols } from '#io/frontdoor/protocols/protocols.ts'
import type { ServiceEntry, StructureShape } from '#kit/service-model.ts'
import { services } from '#services/models/services.ts'
import { comparable, structures } from './arbitrary.ts'
import { readAnswer, writeRequest } from './own-client.ts'

const RUNS_EACH = 4
const served: [string, ProtocolKey, ServiceEntry][] = [
  ...services.map((entry): [string, ProtocolKey, ServiceEntry] => [entry.service, entry.protocol, entry]),
  ...services
    .filter(({ targetPrefix }) => targetPrefix)
    .map((entry): [string, ProtocolKey, ServiceEntry] => [entry.service, 'cbor', entry]),
]

describe('every modelled operation of every service', () => {
  it.each(served)(
    '%s in %s: what a client writes is read, and what is written is read by a client',
    async (_name, key, entry) => {
      const { table: service } = await entry.load()
      for (const [name, shape] of Object.entries(service.operations)) {
        const call: Call = { service, name, shape, labels: {} }
        if (!shape.wanted) continue
        const isUnwrapped = (service.shapes[shape.output?.shape ?? ''] as StructureShape | undefined)?.unwrapped
        const inputs = shape.input ? structures(service, shape.input.shape, 'input') : fc.constant({})
        const outputs = shape.output && !isUnwrapped ? structures(service, shape.output.shape, 'output') : fc.constant({})
        fc.assert(
          fc.property(inputs, outputs, (input, output) => {
            const request = writeRequest(input, call, key)
            const found = callOf(request, key, service)
            expect(found.name).toBe(name)
            expect(comparable(protocols[key].parse(request, found))).toEqual(comparable(input))
            const answer = protocols[key].write(output, call, 'id')
            // Bytes get a content type that the output does not name.
            if (!isUnwrapped) expect(comparable(readAnswer(answer, call, key))).toMatchObject(comparable(output) as object)
          }),
          { numRuns: RUNS_EACH },
        )
      }
    },
  )
})
