import { describe, expect, it } from 'vitest'
import type { Records } from '#kit/records.ts'
import { exports, stackResources } from '#kit/stacks.ts'
import { memoryRecords } from '#kit/testing/memory-records.ts'
import { type Bench, bench, scope, type Template, template } from './testing/bench.ts'

type Change = (records: Records) => void

/** Records that note, turn by turn, what was changed: a store keeps all changes of one turn or none. */
function journaled() {
  const turns: Change[][] = []
  let turn: Change[] | undefined
  const note = (change: Change) => {
    if (!turn) {
      turn = []
      turns.push(turn)
      queueMicrotask(() => {
        turn = undefined
      })
    }
    turn.push(change)
  }
  const records = memoryRecords()
  const noted: Records = {
    ...records,
    put(table, at, key, value) {
      records.put(table, at, key, value)
      note((other) => other.put(table, at, key, value))
    },
    delete(table, at, key) {
      records.delete(table, at, key)
      note((other) => other.delete(table, at, key))
    },
  }
  return { records: noted, turns }
}

type Act = (made: Bench) => Promise<unknown>

/** Plays `before`, then stops after every single turn of `act`, each time in a world of its own, and lets that world recover. */
async function stopEverywhere(before: Act, act: Act): Promise<Bench[]> {
  const { records, turns } = journaled()
  const original = bench({ records })
  await before(original)
  const from = turns.length
  await act(original)
  const worlds: Bench[] = []
  for (let stop = from + 1; stop <= turns.length; stop += 1) {
    const world = memoryRecords()
    for (const change of turns.slice(0, stop).flat()) change(world)
    const revived = bench({ records: world })
    await revived.engine.recover()
    worlds.push(revived)
  }
  return worlds
}

/** Whatever exists is known to a stack, and the other way round. */
function expectConsistent({ ports, existing, defects }: Bench): void {
  const known = ports.records.list(stackResources, scope).flatMap(({ value }) => {
    const gone = value.status === 'DELETE_COMPLETE' || value.status === 'DELETE_SKIPPED'
    return gone || !value.current ? [] : [value.current.id]
  })
  expect([...known].sort()).toEqual([...existing()].sort())
  expect(defects).toEqual([])
}

const ref = (logicalId: string) => ({ Ref: logicalId })
const all = (more: Template, resources: Record<string, Template>) =>
  template(Object.fromEntries(Object.entries(resources).map(([logicalId, one]) => [logicalId, { ...one, ...more }])))

describe.each([
  ['handlers that answer at once', {}],
  ['handlers that take their time', { Slow: true }],
])('%s, stopped at any moment', (_title, pace) => {
  const first = all(pace, { A: { Size: 1 }, B: { Name: 'old', Link: ref('A') }, C: { Link: ref('B') } })
  const second = all(pace, { A: { Size: 2 }, B: { Name: 'new', Link: ref('A') }, D: { Link: ref('B') } })
  const failing = all(pace, {
    A: { Size: 2 },
    B: { Name: 'new', Link: ref('A') },
    D: { Links: [ref('A'), ref('B')], Fails: ['create'] },
  })
  const nothing: Act = async () => {}
  const created: Act = (made) => made.create('shop', first)

  it.each<[string, Act, Act, string[]]>([
    ['a creation', nothing, created, ['CREATE_COMPLETE', 'ROLLBACK_COMPLETE']],
    ['a creation that fails', nothing, (made) => made.create('shop', failing), ['ROLLBACK_COMPLETE']],
    ['an update', created, (made) => made.update('shop', second), ['UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']],
    ['an update that fails', created, (made) => made.update('shop', failing), ['UPDATE_ROLLBACK_COMPLETE']],
    ['a deletion', created, (made) => made.remove('shop'), ['DELETE_COMPLETE']],
  ])('%s comes to rest, and what exists is what the stack knows', async (_act, before, act, statuses) => {
    const worlds = await stopEverywhere(before, act)
    expect(worlds.length).toBeGreaterThan(3)
    for (const world of worlds) {
      expect(statuses).toContain(world.stack('shop').status)
      expect(world.stack('shop').operation).toBeUndefined()
      expectConsistent(world)
    }
    const broken = worlds.slice(0, -1).map((world) => world.story('shop').join('\n'))
    expect(broken.some((story) => story.includes('Postern stopped while this operation was running'))).toBe(true)
  })

  it('exports are those of the revision that stands', async () => {
    const exporting = (value: string, resources: Record<string, Template>) => ({
      ...all(pace, resources),
      Outputs: { O: { Value: value, Export: { Name: 'gate' } } },
    })
    const before: Act = (made) => made.create('shop', exporting('one', { A: { Size: 1 } }))
    const worlds = [
      ...(await stopEverywhere(nothing, before)),
      ...(await stopEverywhere(before, (made) => made.update('shop', exporting('two', { A: { Size: 2 }, B: {} })))),
    ]
    const expected = {
      CREATE_COMPLETE: 'one',
      ROLLBACK_COMPLETE: undefined,
      UPDATE_ROLLBACK_COMPLETE: 'one',
      UPDATE_COMPLETE: 'two',
    }
    const seen = new Set<string>()
    for (const { ports, stack } of worlds) {
      const { status, outputs } = stack('shop')
      seen.add(status)
      expect([status, ports.records.get(exports, scope, 'gate')?.value]).toEqual([
        status,
        expected[status as keyof typeof expected],
      ])
      expect([status, outputs[0]?.value]).toEqual([status, expected[status as keyof typeof expected]])
    }
    expect(seen).toEqual(new Set(Object.keys(expected)))
  })

  it('a rolled back update has its old properties again', async () => {
    const worlds = await stopEverywhere(created, (made) => made.update('shop', failing))
    for (const world of worlds) {
      const sizes = world.ports.records.list<{ logicalId: string; size: number }>({ name: 'test/things' }, scope)
      expect(sizes.map(({ value: { logicalId, size } }) => [logicalId, size])).toEqual([
        ['A', 1],
        ['B', 0],
        ['C', 0],
      ])
    }
  })
})
