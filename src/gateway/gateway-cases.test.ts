import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { REASON_CODES } from '#core/gateway/reason-codes.ts'
import { type Given, play } from './testing/world.ts'

interface Case {
  readonly name: string
  readonly given: Given
  readonly expect: {
    readonly outcome: 'pass' | 'deny'
    /** The code that decided. */
    readonly because: string
    readonly status?: number
    readonly body?: string
    readonly errorType?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly without?: readonly string[]
    /** Codes that were given on the way. */
    readonly codes?: readonly string[]
    /** The first thing that would help. */
    readonly mend?: string
    /** Part of the event that the function saw. */
    readonly event?: object
  }
}

const folder = new URL('../../test/cases/gateway/', import.meta.url)
const reached = new Set<string>()

for (const file of readdirSync(folder)) {
  const cases: readonly Case[] = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  describe(file.replace('.json', ''), () => {
    it.each(cases.map((one) => [one.name, one] as const))('%s', async (_, { given, expect: expected }) => {
      const { status, headers, body, trace, calls } = await play(given)
      for (const { because } of trace.steps) reached.add(because.code)
      expect({ outcome: trace.outcome, because: trace.because.code }).toEqual({
        outcome: expected.outcome,
        because: expected.because,
      })
      if (expected.status !== undefined) expect(status).toBe(expected.status)
      if (expected.body !== undefined) expect(body).toBe(expected.body)
      if (expected.errorType !== undefined) expect(headers['x-amzn-ErrorType']).toBe(expected.errorType)
      if (expected.headers) expect(headers).toMatchObject(expected.headers)
      for (const name of expected.without ?? []) expect(headers).not.toHaveProperty(name)
      if (expected.codes)
        expect(trace.steps.map(({ because }) => because.code)).toEqual(expect.arrayContaining([...expected.codes]))
      if (expected.mend !== undefined) expect(trace.mend[0]).toBe(expected.mend)
      if (expected.event) expect(JSON.parse(Buffer.from(calls[0]?.payload ?? []).toString())).toMatchObject(expected.event)
    })
  })
}

describe('reason codes', () => {
  it('are each reached by a case, and none is given that is not listed', () => {
    expect([...reached].sort()).toEqual(Object.keys(REASON_CODES).sort())
  })
})
