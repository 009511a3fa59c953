import { describe, expect, it } from 'vitest'
import { stackNames } from '#kit/stacks.ts'
import { bench, by, scope, template } from './testing/bench.ts'

const ref = (logicalId: string) => ({ Ref: logicalId })
const initiated = 'Resource creation Initiated'

describe('creating a stack', () => {
  it('tells of each resource three times, dependencies first', async () => {
    const { create, story, events } = bench()
    const stack = await create('shop', template({ B: { Link: ref('A') }, A: { Size: 1 } }))
    expect(stack).toMatchObject({ status: 'CREATE_COMPLETE', logicalIds: ['A', 'B'] })
    expect(stack.operation).toBeUndefined()
    expect(story('shop')).toEqual([
      '. CREATE_IN_PROGRESS User Initiated',
      'A CREATE_IN_PROGRESS',
      `A CREATE_IN_PROGRESS ${initiated}`,
      'A CREATE_COMPLETE',
      'B CREATE_IN_PROGRESS',
      `B CREATE_IN_PROGRESS ${initiated}`,
      'B CREATE_COMPLETE',
      '. CREATE_COMPLETE',
    ])
    const [first, second] = events('shop').filter(({ logicalId }) => logicalId === 'B')
    expect(first).toMatchObject({ physicalId: '', type: 'Test::Small::Thing' })
    expect(second?.physicalId).toMatch(/^b-/)
    expect(first?.id).toMatch(/^B-CREATE_IN_PROGRESS-\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    expect(JSON.parse(first?.properties ?? '')).toEqual({ Link: expect.stringMatching(/^a-/) })
  })

  it('gives every event an id of its own and a time after the one before', async () => {
    const { create, update, events } = bench()
    await create('shop', template({ A: {}, B: {} }))
    await update('shop', template({ A: { Size: 2 }, B: { Size: 2 } }))
    const told = events('shop')
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length)
    expect(told.map(({ at }) => at)).toEqual([...new Set(told.map(({ at }) => at))].sort((a, b) => a - b))
  })

  it('creates what is independent side by side', async () => {
    const { create, story } = bench()
    await create('shop', template({ A: { Slow: true }, B: { Slow: true } }))
    expect(story('shop').slice(1, 3)).toEqual(['A CREATE_IN_PROGRESS', 'B CREATE_IN_PROGRESS'])
  })

  it('rolls back when a resource fails, and says which and why', async () => {
    const { create, story, existing } = bench()
    const stack = await create('shop', template({ A: {}, B: { Link: ref('A'), Fails: ['create'] }, C: { Link: ref('B') } }))
    expect(stack.status).toBe('ROLLBACK_COMPLETE')
    expect(existing()).toEqual([])
    const told = story('shop')
    expect(told.find((line) => line.startsWith('B CREATE_FAILED'))).toMatch(
      /Resource handler returned message: "cannot create this thing \(Service: Small, Status Code: 400, Request ID: [^)]+\)" \(RequestToken: [^,]+, HandlerErrorCode: InvalidRequest\)$/,
    )
    expect(told.slice(-5)).toEqual([
      '. ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [B]. Rollback requested by user.',
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      'B DELETE_COMPLETE',
      '. ROLLBACK_COMPLETE',
    ])
    expect(told.some((line) => line.startsWith('C '))).toBe(false)
  })

  it('cancels what was at work beside the one that failed', async () => {
    const { create, story, existing } = bench()
    await create('shop', template({ A: { Slow: true }, B: { Fails: ['create'] } }))
    expect(story('shop')).toContain('A CREATE_FAILED Resource creation cancelled')
    expect(story('shop')).toContain(
      '. ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [B, A]. Rollback requested by user.',
    )
    expect(existing()).toEqual([])
  })

  it.each([
    ['DO_NOTHING', 'CREATE_FAILED', 1],
    ['DELETE', 'DELETE_COMPLETE', 0],
    ['ROLLBACK', 'ROLLBACK_COMPLETE', 0],
  ] as const)('on failure %s it ends %s', async (onFailure, status, left) => {
    const { create, existing } = bench()
    const stack = await create('shop', template({ A: {}, B: { Link: ref('A'), Fails: ['create'] } }), onFailure)
    expect(stack.status).toBe(status)
    expect(existing()).toHaveLength(left)
  })

  it('leaves the stack in ROLLBACK_FAILED where a deletion fails, from which only deletion leads on', async () => {
    const { create, remove, stack } = bench()
    const failing = template({ A: { Fails: ['delete'] }, B: { Link: ref('A'), Fails: ['create'] } })
    expect(await create('shop', failing)).toMatchObject({
      status: 'ROLLBACK_FAILED',
      statusReason: 'The following resource(s) failed to delete: [A]. ',
    })
    expect((await remove('shop')).status).toBe('DELETE_FAILED')
    await remove('shop', ['A'])
    expect(stack('shop').status).toBe('DELETE_COMPLETE')
  })

  it('fails the resource whose handler makes a mistake, and reports the mistake', async () => {
    const { create, story, defects } = bench()
    expect((await create('shop', template({ A: { Fails: ['create by a mistake'] } }))).status).toBe('ROLLBACK_COMPLETE')
    expect(story('shop').find((line) => line.startsWith('A CREATE_FAILED'))).toMatch(
      /Resource handler returned message: "x is undefined" \(RequestToken: [^,]+, HandlerErrorCode: InternalFailure\)$/,
    )
    expect(defects).toEqual([expect.any(TypeError)])
  })

  it('refuses what a function yields and the schema does not take, without asking the handler', async () => {
    const { create, acts, story } = bench()
    await create('shop', template({ A: { Size: 1 }, B: { Size: { 'Fn::Sub': '${A} pieces' } } }))
    expect(acts.filter((act) => act.endsWith(' B'))).toEqual([])
    expect(story('shop').find((line) => line.startsWith('B CREATE_FAILED'))).toMatch(/Size/)
  })
})

describe('a stack whose transform failed', () => {
  const failedTransform = 'Transform T failed with: too much.'

  it('is rolled back with that reason, and nothing else happens', async () => {
    const { create, remove, story } = bench({}, { failedTransform })
    expect((await create('shop', template({ A: {} }))).status).toBe('ROLLBACK_COMPLETE')
    expect(story('shop')).toEqual([
      '. CREATE_IN_PROGRESS User Initiated',
      '. ROLLBACK_IN_PROGRESS Transform T failed with: too much. Rollback requested by user.',
      '. ROLLBACK_COMPLETE',
    ])
    expect((await remove('shop')).status).toBe('DELETE_COMPLETE')
  })
})

describe('a stack that asks for an attribute its resource does not have', () => {
  const outputs = (attribute: string) => ({ Outputs: { O: { Value: { 'Fn::GetAtt': ['A', attribute] } } } })

  it('is refused before anything is created', async () => {
    const { create, story, acts } = bench()
    await create('shop', template({ A: {} }, outputs('Colour')))
    expect(story('shop')).toContain(
      '. ROLLBACK_IN_PROGRESS [Error] /Outputs/O/Value/Fn::GetAtt: Resource type Test::Small::Thing does not support attribute {Colour}. Rollback requested by user.',
    )
    expect(acts).toEqual([])
  })

  it('unless the branch that asks is not taken', async () => {
    const { create } = bench()
    const value = { 'Fn::If': ['Never', { 'Fn::GetAtt': ['A', 'Colour'] }, { 'Fn::GetAtt': ['A', 'Size'] }] }
    const body = template(
      { A: { Size: 4 } },
      { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } }, Outputs: { O: { Value: value } } },
    )
    expect(await create('shop', body)).toMatchObject({ status: 'CREATE_COMPLETE', outputs: [{ key: 'O', value: '4' }] })
  })
})

describe('updating a stack', () => {
  it('changes in place, creates, and removes last', async () => {
    const { create, update, story, existing } = bench()
    await create('shop', template({ A: { Size: 1 }, B: {} }))
    const [a] = existing()
    const before = story('shop').length
    const stack = await update('shop', template({ A: { Size: 2 }, C: {} }))
    expect(stack).toMatchObject({ status: 'UPDATE_COMPLETE', logicalIds: ['A', 'C'] })
    expect(stack.previous).toBeUndefined()
    expect(story('shop').slice(before)).toEqual([
      '. UPDATE_IN_PROGRESS User Initiated',
      'A UPDATE_IN_PROGRESS',
      'A UPDATE_COMPLETE',
      'C CREATE_IN_PROGRESS',
      `C CREATE_IN_PROGRESS ${initiated}`,
      'C CREATE_COMPLETE',
      '. UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'B DELETE_IN_PROGRESS',
      'B DELETE_COMPLETE',
      '. UPDATE_COMPLETE',
    ])
    expect(existing()).toEqual([a, expect.stringMatching(/^c-/)])
  })

  it('replaces: the new one first, what depends on it next, the old one last', async () => {
    const { create, update, story, events, existing } = bench()
    await create('shop', template({ A: { Name: 'old' }, B: { Link: ref('A') } }))
    const [old] = existing()
    const before = story('shop').length
    await update('shop', template({ A: { Name: 'new' }, B: { Link: ref('A') } }))
    expect(story('shop').slice(before)).toEqual([
      '. UPDATE_IN_PROGRESS User Initiated',
      'A UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.',
      `A UPDATE_IN_PROGRESS ${initiated}`,
      'A UPDATE_COMPLETE',
      'B UPDATE_IN_PROGRESS',
      'B UPDATE_COMPLETE',
      '. UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      '. UPDATE_COMPLETE',
    ])
    expect(events('shop').findLast(({ status }) => status === 'DELETE_COMPLETE')?.physicalId).toBe(old)
    expect(existing()).not.toContain(old)
  })

  it.each([
    ['Retain', ['DELETE_SKIPPED'], 3],
    ['Delete', ['DELETE_IN_PROGRESS', 'DELETE_COMPLETE'], 2],
  ])('UpdateReplacePolicy %s', async (UpdateReplacePolicy, told, count) => {
    const { create, update, events, existing } = bench()
    await create('shop', template({ A: { Name: 'old', UpdateReplacePolicy }, B: {} }))
    await update('shop', template({ A: { Name: 'new', UpdateReplacePolicy }, B: {} }))
    const statuses = events('shop').flatMap(({ logicalId, status }) => (logicalId === 'A' ? [status] : []))
    expect(statuses.slice(-told.length)).toEqual(told)
    expect(existing()).toHaveLength(count)
  })

  it('goes back to how it was when something fails', async () => {
    const { create, update, story, existing, ports, stack } = bench()
    await create('shop', template({ A: { Size: 1 }, B: { Name: 'old', Link: ref('A') } }))
    const before = existing()
    const told = story('shop').length
    const changed = template({
      A: { Size: 2 },
      B: { Name: 'new', Link: ref('A') },
      C: {},
      D: { Link: ref('B'), Links: [ref('C')], Fails: ['create'] },
    })
    expect((await update('shop', changed)).status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(existing()).toEqual(before)
    expect(JSON.stringify(ports.records.list({ name: 'test/things' }, scope))).toContain('"size":1')
    expect(stack('shop').logicalIds).toEqual(['A', 'B'])
    const back = story('shop').slice(told)
    expect(back.slice(back.findIndex((line) => line.includes('ROLLBACK_IN')))).toEqual([
      '. UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [D]. ',
      'A UPDATE_IN_PROGRESS',
      'A UPDATE_COMPLETE',
      'B UPDATE_IN_PROGRESS',
      'B UPDATE_COMPLETE',
      '. UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'B DELETE_IN_PROGRESS',
      'B DELETE_COMPLETE',
      'C DELETE_IN_PROGRESS',
      'C DELETE_COMPLETE',
      'D DELETE_COMPLETE',
      '. UPDATE_ROLLBACK_COMPLETE',
    ])
  })

  it('waits in UPDATE_ROLLBACK_FAILED until somebody says what to skip', async () => {
    const { create, update, begin, existing } = bench()
    await create('shop', template({ A: { Size: 1, Fails: ['update to 1'] } }))
    const changed = template({ A: { Size: 2, Fails: ['update to 1'] }, B: { Link: ref('A'), Fails: ['create'] } })
    expect(await update('shop', changed)).toMatchObject({
      status: 'UPDATE_ROLLBACK_FAILED',
      statusReason: 'The following resource(s) failed to update: [A]. ',
    })
    const stack = await begin('shop', { kind: 'rollback', skip: ['A'], by }, 'UPDATE_ROLLBACK_IN_PROGRESS')
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(existing()).toHaveLength(1)
  })

  it('leaves a failed update standing where asked, and can finish it by another', async () => {
    const { create, update, existing } = bench()
    await create('shop', template({ A: { Size: 1 } }))
    const failing = template({ A: { Size: 2 }, B: { Link: ref('A'), Fails: ['create'] } })
    expect((await update('shop', failing, { disableRollback: true })).status).toBe('UPDATE_FAILED')
    const mended = template({ A: { Size: 2 }, B: { Link: ref('A') } })
    expect((await update('shop', mended)).status).toBe('UPDATE_COMPLETE')
    expect(existing()).toHaveLength(2)
  })

  it('gives changed tags to every resource that bears them', async () => {
    const { create, update, acts, ports } = bench()
    await create('shop', template({ A: {} }))
    await update('shop', template({ A: {} }), { tags: { team: 'gate' } })
    expect(acts).toEqual(['create A', 'update A'])
    expect(JSON.stringify(ports.records.list({ name: 'test/things' }, scope))).toContain('"team":"gate"')
  })

  it('begins nothing further once interrupted, and rolls back', async () => {
    const { create, update, engine, story, stack, existing } = bench()
    await create('shop', template({ A: { Slow: true, Size: 1 } }))
    const done = update('shop', template({ A: { Slow: true, Size: 2 }, B: { Link: ref('A') } }))
    engine.interrupt(scope, stack('shop').id)
    expect((await done).status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(story('shop').some((line) => line.startsWith('B '))).toBe(false)
    expect(existing()).toHaveLength(1)
  })
})

describe('deleting a stack', () => {
  it('deletes what depends on others before them, and frees the name', async () => {
    const { create, remove, acts, ports, existing } = bench()
    await create('shop', template({ A: {}, B: { Link: ref('A') }, C: { DependsOn: 'B' } }))
    const stack = await remove('shop')
    expect(stack.status).toBe('DELETE_COMPLETE')
    expect(acts.slice(-3)).toEqual(['delete C', 'delete B', 'delete A'])
    expect(existing()).toEqual([])
    expect(ports.records.get(stackNames, scope, 'shop')).toBeUndefined()
  })

  it.each([
    ['Retain', 'DELETE_SKIPPED', 1],
    ['RetainExceptOnCreate', 'DELETE_SKIPPED', 1],
    ['Delete', 'DELETE_COMPLETE', 0],
  ])('DeletionPolicy %s', async (DeletionPolicy, status, left) => {
    const { create, remove, events, existing } = bench()
    await create('shop', template({ A: { DeletionPolicy } }))
    await remove('shop')
    expect(events('shop').findLast(({ logicalId }) => logicalId === 'A')?.status).toBe(status)
    expect(existing()).toHaveLength(left)
  })

  it('deletes what RetainExceptOnCreate names when its creation is rolled back', async () => {
    const { create, existing } = bench()
    await create('shop', template({ A: { DeletionPolicy: 'RetainExceptOnCreate' }, B: { DependsOn: 'A', Fails: ['create'] } }))
    expect(existing()).toEqual([])
  })
})
