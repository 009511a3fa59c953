import { describe, expect, it } from 'vitest'
import { exports, importers } from '#kit/stacks.ts'
import { bench, scope, template } from './testing/bench.ts'

const exporting = (value: string, name = 'gate') =>
  template({ A: {} }, { Outputs: { Gate: { Value: value, Export: { Name: name } } } })
const importing = (name = 'gate') => template({ U: { Link: { 'Fn::ImportValue': name } } })

/** `network` exports `gate`, `service` imports it. */
async function twoStacks() {
  const made = bench()
  await made.create('network', exporting('vpce-1'))
  await made.create('service', importing())
  return made
}

describe('exports', () => {
  it('are there once the stack is complete, and gone with it', async () => {
    const { create, remove, ports } = bench()
    const { id } = await create('network', exporting('vpce-1'))
    const gate = { name: 'gate', value: 'vpce-1', stackId: id, stackName: 'network' }
    expect(ports.records.get(exports, scope, 'gate')).toEqual(gate)
    await remove('network')
    expect(ports.records.get(exports, scope, 'gate')).toBeUndefined()
  })

  it('belong to one stack', async () => {
    const { create, story, existing } = bench()
    await create('network', exporting('vpce-1'))
    const second = await create('other', exporting('vpce-2'))
    expect(second.status).toBe('ROLLBACK_COMPLETE')
    expect(story('other')).toContain(
      '. ROLLBACK_IN_PROGRESS Export with name gate is already exported by stack network. Rollback requested by user.',
    )
    expect(existing()).toHaveLength(1)
  })

  it.each([
    ['deleted', template({ A: {} })],
    ['deleted', exporting('vpce-1', 'door')],
    ['updated', exporting('vpce-2')],
  ])('that are imported cannot be %s', async (verb, changed) => {
    const { update, story, ports } = await twoStacks()
    expect((await update('network', changed)).status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(story('network')).toContain(`. UPDATE_ROLLBACK_IN_PROGRESS Export gate cannot be ${verb} as it is in use by service`)
    expect(ports.records.get(exports, scope, 'gate')?.value).toBe('vpce-1')
    expect(ports.records.get(exports, scope, 'door')).toBeUndefined()
  })

  it('keep their stack from deletion while they are imported, and its status as it was', async () => {
    const { remove, story, existing, stack } = await twoStacks()
    const refused = await remove('network')
    expect(refused).toMatchObject({
      status: 'CREATE_COMPLETE',
      statusReason: 'Delete canceled. Cannot delete export gate as it is in use by service',
    })
    expect(refused.operation).toBeUndefined()
    expect(story('network').slice(-2)).toEqual([
      '. DELETE_IN_PROGRESS User Initiated',
      '. CREATE_COMPLETE Delete canceled. Cannot delete export gate as it is in use by service',
    ])
    expect(existing()).toHaveLength(2)
    await remove('service')
    await remove('network')
    expect(stack('network').status).toBe('DELETE_COMPLETE')
    expect(existing()).toEqual([])
  })
})

describe('imports', () => {
  it('of what does not exist fail the stack before anything is created', async () => {
    const { create, story, acts } = bench()
    expect((await create('service', importing('nothing'))).status).toBe('ROLLBACK_COMPLETE')
    expect(story('service')).toContain('. ROLLBACK_IN_PROGRESS No export named nothing found. Rollback requested by user.')
    expect(acts).toEqual([])
  })

  it('are let go of by a deletion, an update and a rollback alike', async () => {
    const held = async (act: (made: Awaited<ReturnType<typeof twoStacks>>) => Promise<unknown>) => {
      const made = await twoStacks()
      await act(made)
      return made.ports.records.get(importers, scope, 'gate')
    }
    expect(await held(async () => {})).toHaveLength(1)
    expect(await held(({ remove }) => remove('service'))).toBeUndefined()
    expect(await held(({ update }) => update('service', template({ U: {} })))).toBeUndefined()
    const failing = template({ U: {}, V: { DependsOn: 'U', Fails: ['create'] } })
    expect(await held(({ update }) => update('service', failing))).toHaveLength(1)
    const failed = template({ U: { Link: { 'Fn::ImportValue': 'gate' }, Fails: ['create'] } })
    expect(
      await held(async ({ create, remove }) => {
        await remove('service')
        await create('again', failed)
      }),
    ).toBeUndefined()
  })
})
