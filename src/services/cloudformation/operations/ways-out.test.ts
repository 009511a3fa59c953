import { describe, expect, it } from 'vitest'
import { journalOf } from '#kit/stack-journal.ts'
import { exports, importers, type Stack, type StackStatus } from '#kit/stacks.ts'
import { scope, stage } from '../testing/stage.ts'
import cancelUpdateStack from './cancel-update-stack.ts'
import continueUpdateRollback from './continue-update-rollback.ts'
import createStack from './create-stack.ts'
import describeStacks from './describe-stacks.ts'
import getStackPolicy from './get-stack-policy.ts'
import listExports from './list-exports.ts'
import listImports from './list-imports.ts'
import rollbackStack from './rollback-stack.ts'
import setStackPolicy from './set-stack-policy.ts'

/** A stack that came to rest in a status. */
async function stackIn(status: StackStatus, change: Partial<Stack> = {}) {
  const made = stage({ stalls: true })
  const { StackId = '' } = await made.call(createStack, { StackName: 'shop', TemplateBody: 'Resources: {}' })
  const journal = journalOf(made.ports, scope, StackId)
  journal.amend({ status, operation: undefined, ...change })
  made.started.length = 0
  return { ...made, StackId, journal, stack: () => journal.stack() }
}

describe('ways out of a failure', () => {
  it.each([
    ['CREATE_FAILED', 'ROLLBACK_IN_PROGRESS'],
    ['UPDATE_FAILED', 'UPDATE_ROLLBACK_IN_PROGRESS'],
  ] as const)('RollbackStack from %s', async (from, to) => {
    const { call, stack, started, StackId } = await stackIn(from)
    await call(rollbackStack, { StackName: 'shop' })
    expect(stack()).toMatchObject({ status: to, operation: { kind: 'rollback', skip: [] } })
    expect(started).toEqual([StackId])
  })

  it('ContinueUpdateRollback, without what shall be skipped', async () => {
    const { call, stack, journal } = await stackIn('UPDATE_ROLLBACK_FAILED')
    journal.mark({ logicalId: 'A', type: 'T', status: 'UPDATE_FAILED', superseded: [] })
    await call(continueUpdateRollback, { StackName: 'shop', ResourcesToSkip: ['A'] })
    expect(stack()).toMatchObject({ status: 'UPDATE_ROLLBACK_IN_PROGRESS', operation: { kind: 'rollback', skip: ['A'] } })
  })

  it('are closed where nothing failed', async () => {
    const { call, started } = await stackIn('CREATE_COMPLETE')
    for (const operation of [rollbackStack, continueUpdateRollback, cancelUpdateStack]) {
      await expect(call(operation as typeof cancelUpdateStack, { StackName: 'shop' })).rejects.toMatchObject({
        code: 'ValidationError',
      })
    }
    expect(started).toEqual([])
  })

  it('CancelUpdateStack says so in the words of AWS', async () => {
    const { call } = await stackIn('UPDATE_COMPLETE')
    await expect(call(cancelUpdateStack, { StackName: 'shop' })).rejects.toMatchObject({
      message: 'CancelUpdateStack cannot be called from current stack status',
    })
  })
})

describe('what stacks promise each other', () => {
  it('is listed by export and by who imports it', async () => {
    const { call, ports, StackId } = await stackIn('CREATE_COMPLETE')
    ports.records.put(exports, scope, 'gate', { name: 'gate', value: 'vpce-1', stackId: StackId, stackName: 'shop' })
    expect(await call(listExports, {})).toEqual({ Exports: [{ ExportingStackId: StackId, Name: 'gate', Value: 'vpce-1' }] })
    await expect(call(listImports, { ExportName: 'gate' })).rejects.toMatchObject({
      code: 'ValidationError',
      message: "Export 'gate' is not imported by any stack.",
    })
    ports.records.put(importers, scope, 'gate', [StackId])
    expect(await call(listImports, { ExportName: 'gate' })).toEqual({ Imports: ['shop'] })
  })

  it('stays within its account and region', async () => {
    const { call, ports, StackId } = await stackIn('CREATE_COMPLETE')
    const elsewhere = { ...scope, region: 'us-east-1' }
    ports.records.put(exports, elsewhere, 'gate', { name: 'gate', value: 'v', stackId: StackId, stackName: 'shop' })
    expect(await call(listExports, {})).toEqual({ Exports: [] })
    await expect(
      call(
        describeStacks,
        { StackName: 'shop' },
        { ...elsewhere, partition: 'aws', principalArn: '', requestId: '', endpoint: '', headers: {} },
      ),
    ).rejects.toMatchObject({ message: 'Stack with id shop does not exist' })
  })
})

describe('stack policies', () => {
  it('are kept', async () => {
    const { call } = await stackIn('CREATE_COMPLETE')
    expect(await call(getStackPolicy, { StackName: 'shop' })).toEqual({ StackPolicyBody: undefined })
    await call(setStackPolicy, { StackName: 'shop', StackPolicyBody: '{"Statement":[]}' })
    expect(await call(getStackPolicy, { StackName: 'shop' })).toEqual({ StackPolicyBody: '{"Statement":[]}' })
  })
})
