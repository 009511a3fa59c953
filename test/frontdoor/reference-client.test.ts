import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callOf } from '#io/frontdoor/dispatch.ts'
import type { Call, WireRequest } from '#io/frontdoor/exchange.ts'
import { protocols } from '#io/frontdoor/protocols/protocols.ts'
import type { ServiceModel, StructureShape } from '#kit/service-model.ts'
import { services } from '#services/models/services.ts'
import { comparable, structures } from './arbitrary.ts'

const CASES_EACH = 3
const SEED = 20261122
const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', 'import botocore']).status === 0)
const script = new URL('./reference-client.py', import.meta.url).pathname
const schemas = new URL('../../schemas/aws', import.meta.url).pathname

interface Case {
  readonly call: Call
  readonly input: Record<string, unknown>
  readonly output: Record<string, unknown>
}

// Skips visibly: the tests are listed, and the reason stands in their title.
describe.skipIf(!python)(`botocore and the front door agree${python ? '' : ' (there is no botocore here)'}`, () => {
  it.each(services.map(({ service }) => service))('%s', async (name) => {
    const entry = services.find(({ service }) => service === name)
    if (!entry) throw new Error(`no service ${name}`)
    const { table } = await entry.load()
    const protocol = protocols[entry.protocol]
    const cases = Object.keys(table.operations).flatMap((operation) => casesOf(table, operation))
    // Every modelled operation is tried, but for the one of S3 whose answer `casesOf` leaves out.
    const modelled = Object.values(table.operations).filter(({ wanted }) => wanted).length
    expect(modelled).toBeGreaterThan(1)
    expect(cases.length).toBeGreaterThanOrEqual(CASES_EACH * (modelled - 1))
    const results = reference(
      cases.map(({ call, input, output }) => ({ call, input, answer: protocol.write(output, call, 'id') })),
    )
    for (const [index, { call, input, output }] of cases.entries()) {
      const { request, output: theirs } = results[index] as Result
      const received = wireRequest(request, call)
      const found = callOf(received, entry.protocol, table)
      expect(found.name, `${name}.${call.name}: routed`).toBe(call.name)
      const read = protocol.parse(received, found)
      expect(comparable(read), `${name}.${call.name}: request`).toEqual(comparable(input))
      expect(theirs, `${name}.${call.name}: answer`).toMatchObject(comparable(output) as object)
    }
  })
})

function casesOf(service: ServiceModel, name: string): Case[] {
  const shape = service.operations[name] as Call['shape']
  // The text of the root element: botocore's parser leaves it to a hook of its S3 client.
  const output = service.shapes[shape.output?.shape ?? ''] as StructureShape | undefined
  if (!shape.wanted || output?.unwrapped) return []
  const call = { service, name, shape, labels: {} }
  const side = (ref: { shape: string } | undefined, which: 'input' | 'output') =>
    fc.sample(ref ? structures(service, ref.shape, which) : fc.constant({}), { numRuns: CASES_EACH, seed: SEED })
  const [inputs, outputs] = [side(shape.input, 'input'), side(shape.output, 'output')]
  return inputs.map((input, index) => ({ call, input, output: outputs[index] ?? {} }))
}

interface Result {
  readonly request: { method: string; path: string; query: string; headers: Record<string, string>; body: string }
  readonly output: unknown
}

function reference(
  cases: readonly { call: Call; input: unknown; answer: { status: number; headers: object; body: unknown } }[],
): Result[] {
  const job = cases.map(({ call, input, answer }) => ({
    service: call.service.service,
    operation: call.name,
    input: comparable(input),
    answer: { ...answer, body: Buffer.from(answer.body as string | Uint8Array).toString('base64') },
  }))
  const { stdout, stderr, status } = spawnSync(python as string, [script], {
    input: JSON.stringify({ schemas, cases: job }),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Result[]
}

function wireRequest({ method, path, query, headers, body }: Result['request'], { service, name }: Call): WireRequest {
  const lower = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]))
  const target = service.targetPrefix ? { 'x-amz-target': `${service.targetPrefix}.${name}` } : {}
  return {
    method,
    path,
    query: [...new URLSearchParams(query)],
    headers: { ...lower, ...target },
    body: Buffer.from(body, 'base64'),
  }
}
