import { describe, expect, it } from 'vitest'
import type { FunctionCode, Invocation, Outcome } from '#kit/ports.ts'
import { fakeClock } from '#kit/testing/fake-clock.ts'
import type { Environment, EnvironmentKeeper } from './environment.ts'
import { createFleet } from './fleet.ts'

const code = (concurrency: number) => ({ functionArn: 'arn', revision: 'r', concurrency }) as FunctionCode
const done: Outcome = { kind: 'result', payload: new Uint8Array() }

/** A fleet whose environments do only what the test says. */
function setUp({ concurrency = 100, cores = 2 } = {}) {
  const clock = fakeClock()
  const keepers: EnvironmentKeeper[] = []
  const environments: (Environment & { finish(): void; ran: string[]; isEnded: boolean })[] = []
  const answers: string[] = []
  const fleet = createFleet(code(concurrency), {
    clock,
    cores,
    idleMs: 1000,
    patience: (size) => (size < cores ? 0 : 10),
    async start(_code, keeper) {
      let settle: (outcome: Outcome) => void = () => {}
      const environment = {
        ran: [] as string[],
        isEnded: false,
        ended: new Promise<void>(() => {}),
        run(invocation: Invocation) {
          environment.ran.push(invocation.requestId)
          return new Promise<Outcome>((resolve) => {
            settle = resolve
          })
        },
        lastMs: () => undefined,
        failedStart: (): Outcome => ({ kind: 'error', payload: new Uint8Array() }),
        end() {
          environment.isEnded = true
          keeper.gone(environment)
        },
        finish() {
          settle(done)
          keeper.idle(environment)
        },
      }
      keepers.push(keeper)
      environments.push(environment)
      return environment
    },
  })
  const run = (requestId: string) => {
    const outcome = fleet.run({ requestId } as Invocation)
    outcome.then(
      ({ kind }) => answers.push(`${requestId}: ${kind}`),
      (error: Error) => answers.push(`${requestId}: ${error.message}`),
    )
  }
  const ready = (index: number) => keepers[index]?.idle(environments[index] as Environment)
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { fleet, clock, environments, keepers, run, ready, answers, settled }
}

describe('a fleet', () => {
  it('starts one environment for one invocation, and uses it again', async () => {
    const { run, ready, environments, answers, settled } = setUp()
    run('a')
    ready(0)
    environments[0]?.finish()
    run('b')
    environments[0]?.finish()
    await settled()
    expect(answers).toEqual(['a: result', 'b: result'])
    expect(environments.map(({ ran }) => ran)).toEqual([['a', 'b']])
  })

  it('queues for the environments it has as long as the queue moves', () => {
    const { run, ready, environments, clock } = setUp()
    for (const id of ['a', 'b', 'c', 'd']) run(id)
    clock.advance(1)
    expect(environments).toHaveLength(2)
    ready(0)
    ready(1)
    clock.advance(5)
    environments[0]?.finish()
    environments[1]?.finish()
    clock.advance(1000)
    expect(environments.map(({ ran }) => ran)).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ])
  })

  it('grows when the oldest has waited too long, by one for each core at a time', () => {
    const { run, ready, environments, clock } = setUp()
    for (const id of ['a', 'b', 'c', 'd', 'e']) run(id)
    clock.advance(1)
    ready(0)
    ready(1)
    clock.advance(90)
    expect(environments).toHaveLength(2)
    clock.advance(20)
    expect(environments).toHaveLength(4)
    clock.advance(1000)
    expect(environments).toHaveLength(4)
    ready(2)
    clock.advance(10)
    expect(environments[2]?.ran).toEqual(['c'])
  })

  it('does not grow beyond the cores for short invocations, however long the queue, unless they are stuck', async () => {
    const { run, ready, environments, clock, settled } = setUp()
    for (let count = 0; count < 100; count += 1) run(String(count))
    ready(0)
    ready(1)
    for (let ms = 0; ms < 30; ms += 1) {
      clock.advance(1)
      environments[0]?.finish()
      environments[1]?.finish()
      await settled()
    }
    expect(environments).toHaveLength(2)
    clock.advance(110)
    expect(environments.length).toBeGreaterThan(2)
  })

  it('refuses what is above the concurrency, also while all wait', async () => {
    const { run, answers, settled } = setUp({ concurrency: 2 })
    for (const id of ['a', 'b', 'c']) run(id)
    await settled()
    expect(answers).toEqual(['c: throttled'])
  })

  it('gives each failed start one invocation, and starts again for the rest', async () => {
    const { run, keepers, environments, answers, settled } = setUp()
    run('a')
    run('b')
    run('c')
    keepers[0]?.startFailed(environments[0] as Environment)
    await settled()
    expect(answers).toEqual(['a: error'])
    expect(environments.length).toBeGreaterThan(1)
  })

  it('ends what has been idle for long', () => {
    const { run, ready, environments, clock } = setUp()
    run('a')
    ready(0)
    environments[0]?.finish()
    clock.advance(999)
    expect(environments[0]?.isEnded).toBe(false)
    clock.advance(1)
    expect(environments[0]?.isEnded).toBe(true)
  })

  it('retires: idle ones at once, busy ones after their answer', async () => {
    const { fleet, run, ready, environments, answers, settled } = setUp()
    run('a')
    ready(0)
    fleet.retire()
    expect(environments[0]?.isEnded).toBe(false)
    environments[0]?.finish()
    await settled()
    expect(answers).toEqual(['a: result'])
    expect(environments[0]?.isEnded).toBe(true)
  })

  it('rejects all that wait when the code cannot be had', async () => {
    const clock = fakeClock()
    const fleet = createFleet(code(10), {
      clock,
      cores: 2,
      idleMs: 1000,
      patience: () => 0,
      start: () => Promise.reject(new Error('no such blob')),
    })
    await expect(fleet.run({ requestId: 'a' } as Invocation)).rejects.toThrow('no such blob')
  })
})
