import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stackResources } from '#kit/stacks.ts'
import { type Bench, bench, scope, type Template, template } from './testing/bench.ts'

const IDS = ['A', 'B', 'C', 'D', 'E', 'F']

/** A stack's resources: each may link to those before it, fail at anything, take its time, and be kept. */
const anyTemplate = fc
  .tuple(
    ...IDS.map((_id, index) =>
      fc.option(
        fc.record(
          {
            Size: fc.integer({ min: 0, max: 3 }),
            Name: fc.constantFrom('one', 'two'),
            Slow: fc.boolean(),
            links: fc.subarray(IDS.slice(0, index)),
            Fails: fc.oneof(
              { weight: 6, arbitrary: fc.constant([]) },
              fc.subarray(['create', 'update', 'delete', 'update to 2']),
            ),
            DeletionPolicy: fc.oneof({ weight: 4, arbitrary: fc.constant('Delete') }, fc.constant('Retain')),
          },
          { requiredKeys: ['links', 'Fails'] },
        ),
        { freq: 3 },
      ),
    ),
  )
  .map((resources): Template => {
    const present = new Set(IDS.filter((_id, index) => resources[index]))
    const entries = IDS.flatMap((logicalId, index) => {
      const found = resources[index]
      if (!found) return []
      const { links, ...properties } = found
      const Links = links.filter((other) => present.has(other)).map((other) => ({ Ref: other }))
      return [[logicalId, { ...properties, Links }] as const]
    })
    return template(entries.length > 0 ? Object.fromEntries(entries) : { A: {} })
  })

type Act = { readonly kind: 'update'; readonly body: Template; readonly disableRollback: boolean } | { readonly kind: 'remove' }

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('update' as const), body: anyTemplate, disableRollback: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'remove' as const }) },
)

const RESTING = /^(CREATE|UPDATE|DELETE|ROLLBACK|UPDATE_ROLLBACK)_(COMPLETE|FAILED)$/
const UPDATABLE = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_FAILED']

/** What exists and was neither kept on purpose nor left behind by a deletion that failed in a clean-up. */
function expectKnown({ ports, existing, events }: Bench): void {
  const records = ports.records.list(stackResources, scope).map(({ value }) => value)
  const known = new Set(
    records.flatMap(({ current, previous, superseded }) =>
      [current, previous, ...superseded].flatMap((one) => (one ? [one.id] : [])),
    ),
  )
  const told = new Set(
    events('shop').flatMap(({ status, physicalId }) =>
      status === 'DELETE_SKIPPED' || status === 'DELETE_FAILED' ? [physicalId] : [],
    ),
  )
  expect(existing().filter((id) => !known.has(id) && !told.has(id))).toEqual([])
  const standing = records.filter(({ status, current }) => current && !/^DELETE_(COMPLETE|SKIPPED|FAILED)$/.test(status))
  for (const { current } of standing) expect(existing()).toContain(current?.id)
}

describe('any stack', () => {
  it('comes to rest after whatever is done to it, and knows what exists', async () => {
    await fc.assert(
      fc.asyncProperty(anyTemplate, fc.array(anyAct, { maxLength: 4 }), async (first, acts) => {
        const made = bench()
        await made.create('shop', first)
        for (const act of acts) {
          const { status } = made.stack('shop')
          expect(status).toMatch(RESTING)
          if (act.kind === 'remove' && status !== 'DELETE_COMPLETE') await made.remove('shop')
          else if (act.kind === 'update' && UPDATABLE.includes(status)) await made.update('shop', act.body, act)
          expectKnown(made)
        }
        expect(made.stack('shop').status).toMatch(RESTING)
        expect(made.stack('shop').operation).toBeUndefined()
        expect(made.defects).toEqual([])
        expectKnown(made)
      }),
      { numRuns: 150 },
    )
  })

  it('that is complete is what its template says', async () => {
    await fc.assert(
      fc.asyncProperty(anyTemplate, anyTemplate, async (first, second) => {
        const made = bench()
        if ((await made.create('shop', first)).status !== 'CREATE_COMPLETE') return
        const { status, logicalIds } = await made.update('shop', second)
        if (status === 'UPDATE_ROLLBACK_FAILED') return
        const expected = status === 'UPDATE_COMPLETE' ? second : first
        expect([...logicalIds].sort()).toEqual(Object.keys(expected['Resources'] as object).sort())
      }),
      { numRuns: 100 },
    )
  })
})
