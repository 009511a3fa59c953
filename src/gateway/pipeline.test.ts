import { describe, expect, expectTypeOf, it } from 'vitest'
import { type Check, deny, pass } from '#core/gateway/verdict.ts'
import type { Step } from '#kit/step.ts'
import { decisionsOf, type Pipeline, pipeline } from './pipeline.ts'

interface Start {
  readonly text: string
}
interface Measured {
  readonly length: number
}
interface Reach {
  readonly elapsed: () => number
  readonly double: (value: number) => Promise<number>
}

const because = (code: string) => ({ code, text: code })
const measure: Check<Start, Measured> = {
  name: 'measure',
  decide: ({ text }) =>
    text
      ? pass({ length: text.length }, because('measure/done'))
      : deny({ type: 'FORBIDDEN' }, because('measure/empty'), ['say something']),
}
const double: Step<Measured, { readonly doubled: number }, Reach> = {
  name: 'double',
  decide: async ({ length }, reach) => pass({ doubled: await reach.double(length) }, because('double/done')),
}

function ticking(): Reach {
  let now = 0
  return { elapsed: () => now++, double: async (value) => value * 2 }
}

describe('pipeline', () => {
  it('runs checks and steps in order, and records what each decided and how long it took', async () => {
    const run = await pipeline<Start, Reach>().then(measure).then(double).run({ text: 'four' }, ticking())
    expect(run).toMatchObject({ outcome: 'pass', exchange: { text: 'four', length: 4, doubled: 8 } })
    expect(decisionsOf(run.decided, run.outcome)).toEqual([
      { step: 'measure', outcome: 'pass', because: because('measure/done'), ms: 1 },
      { step: 'double', outcome: 'pass', because: because('double/done'), ms: 1 },
    ])
  })

  it('stops at the first denial', async () => {
    const run = await pipeline<Start, Reach>().then(measure).then(double).run({ text: '' }, ticking())
    expect(run).toMatchObject({ outcome: 'deny', denial: { as: { type: 'FORBIDDEN' }, mend: ['say something'] } })
    expect(decisionsOf(run.decided, run.outcome)).toMatchObject([{ step: 'measure', outcome: 'deny' }])
  })

  it('lets an error through: it never means no', async () => {
    const broken: Check<Start> = {
      name: 'broken',
      decide: () => {
        throw new Error('broken')
      },
    }
    await expect(pipeline<Start, Reach>().then(broken).run({ text: '' }, ticking())).rejects.toThrow('broken')
  })

  it('does not compile with a step before what it needs', () => {
    expectTypeOf(pipeline<Start, Reach>().then(measure).then(double)).toEqualTypeOf<
      Pipeline<Start, Start & Measured & { readonly doubled: number }, Reach>
    >()
    // @ts-expect-error `double` needs what `measure` gives
    pipeline<Start, Reach>().then(double)
    // @ts-expect-error `double` reaches for what these ports do not have
    pipeline<Start, { elapsed: () => number }>().then(measure).then(double)
  })
})
