import { describe, expect, it } from 'vitest'
import { AwsError } from '#core/aws/aws-error.ts'
import { stackNames, stacks } from '#kit/stacks.ts'
import { plan, scope, stage } from '../testing/stage.ts'
import createStack from './create-stack.ts'
import deleteStack from './delete-stack.ts'
import describeStackEvents from './describe-stack-events.ts'
import describeStacks from './describe-stacks.ts'
import getTemplate from './get-template.ts'
import listStacks from './list-stacks.ts'
import updateStack from './update-stack.ts'
import updateTerminationProtection from './update-termination-protection.ts'

const TemplateBody = 'Resources: {}'
const shop = { StackName: 'shop', TemplateBody }
const refusal = (message: string, code = 'ValidationError') => ({ code, message })

describe('CreateStack', () => {
  it('answers when the stack rests, and the stack is described by name and id', async () => {
    const { call } = stage()
    const { StackId } = await call(createStack, { ...shop, Tags: [{ Key: 'team', Value: 'gate' }] })
    expect(StackId).toMatch(/^arn:aws:cloudformation:eu-central-1:111122223333:stack\/shop\/[0-9a-f-]{36}$/)
    for (const StackName of ['shop', StackId]) {
      const { Stacks } = await call(describeStacks, { StackName })
      expect(Stacks?.[0]).toMatchObject({ StackId, StackStatus: 'CREATE_COMPLETE', Tags: [{ Key: 'team', Value: 'gate' }] })
      expect(Stacks?.[0]?.LastUpdatedTime).toBeUndefined()
    }
    const { StackEvents } = await call(describeStackEvents, { StackName: 'shop' })
    expect(StackEvents?.map(({ ResourceStatus }) => ResourceStatus)).toEqual(['CREATE_COMPLETE', 'CREATE_IN_PROGRESS'])
    expect(await call(getTemplate, { StackName: 'shop' })).toMatchObject({ TemplateBody })
  })

  it('leaves nothing behind where the plan is refused', async () => {
    const error = new AwsError('ValidationError', 'Property validation failure: [x]')
    const { call, ports, started } = stage({ plan: plan({ kind: 'refused', error }) })
    await expect(call(createStack, shop)).rejects.toBe(error)
    expect(ports.records.all(stacks)).toEqual([])
    expect(started).toEqual([])
  })

  it('begins a stack whose transform fails, so that its events tell of it', async () => {
    const error = new AwsError('ValidationError', 'Transform T failed with: x')
    const { call, ports } = stage({ plan: plan({ kind: 'refused', error, inTransform: true }) })
    const { StackId = '' } = await call(createStack, shop)
    expect(ports.records.get(stacks, scope, StackId)?.revision).toMatchObject({ failedTransform: 'Transform T failed with: x' })
  })

  it('refuses a name that is taken, also by a call that was quicker', async () => {
    const { call } = stage()
    const both = await Promise.allSettled([call(createStack, shop), call(createStack, shop)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(call(createStack, shop)).rejects.toMatchObject(refusal('Stack [shop] already exists', 'AlreadyExistsException'))
  })

  it.each([
    ['*@x_$', 'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*'],
    ['9lives', 'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*'],
    ['a'.repeat(129), 'Member must have length less than or equal to 128'],
  ])('refuses the name %s', async (StackName, constraint) => {
    await expect(stage().call(createStack, { ...shop, StackName })).rejects.toMatchObject(
      refusal(`1 validation error detected: Value '${StackName}' at 'stackName' failed to satisfy constraint: ${constraint}`),
    )
  })
})

describe('UpdateStack', () => {
  it('refuses where nothing changes, where there is no stack, and where there is nothing to make it from', async () => {
    let kind: 'changes' | 'unchanged' = 'changes'
    const { call } = stage({ plan: () => plan({ kind }) })
    await expect(call(updateStack, shop)).rejects.toMatchObject(refusal('Stack [shop] does not exist'))
    await call(createStack, shop)
    kind = 'unchanged'
    await expect(call(updateStack, shop)).rejects.toMatchObject(refusal('No updates are to be performed.'))
    await expect(call(updateStack, { StackName: 'shop' })).rejects.toMatchObject(
      refusal('Either Template URL or Template Body must be specified.'),
    )
  })

  it('keeps tags where the call says nothing of them, and removes them where it gives none', async () => {
    const { call } = stage()
    const tags = async () => (await call(describeStacks, { StackName: 'shop' })).Stacks?.[0]?.Tags
    await call(createStack, { ...shop, Tags: [{ Key: 'team', Value: 'gate' }] })
    await call(updateStack, shop)
    expect(await tags()).toEqual([{ Key: 'team', Value: 'gate' }])
    await call(updateStack, { ...shop, Tags: [] })
    expect(await tags()).toEqual([])
  })

  it('refuses a stack that is at work', async () => {
    const { call } = stage({ stalls: true })
    const { StackId } = await call(createStack, shop)
    await expect(call(updateStack, shop)).rejects.toMatchObject(
      refusal(`Stack:${StackId} is in CREATE_IN_PROGRESS state and can not be updated.`),
    )
  })
})

describe('DeleteStack', () => {
  it('succeeds where there is no such stack, before and after', async () => {
    const { call, started } = stage()
    await call(deleteStack, { StackName: 'shop' })
    expect(started).toEqual([])
    const { StackId = '' } = await call(createStack, shop)
    await call(deleteStack, { StackName: StackId })
    await call(deleteStack, { StackName: StackId })
    expect(started).toEqual([StackId, StackId])
  })

  it('is refused while the stack is protected', async () => {
    const { call } = stage()
    await call(createStack, { ...shop, EnableTerminationProtection: true })
    await expect(call(deleteStack, { StackName: 'shop' })).rejects.toMatchObject(
      refusal('Stack [shop] cannot be deleted while TerminationProtection is enabled'),
    )
    await call(updateTerminationProtection, { StackName: 'shop', EnableTerminationProtection: false })
    await call(deleteStack, { StackName: 'shop' })
  })

  it('retains resources only of a stack whose deletion failed', async () => {
    const { call } = stage()
    await call(createStack, shop)
    await expect(call(deleteStack, { StackName: 'shop', RetainResources: ['A'] })).rejects.toMatchObject({
      code: 'ValidationError',
    })
  })
})

describe('describing stacks', () => {
  it('shows deleted ones by their id only, and in lists that ask for them', async () => {
    const { call, ports } = stage()
    const { StackId = '' } = await call(createStack, shop)
    await call(deleteStack, { StackName: 'shop' })
    ports.records.delete(stackNames, scope, 'shop')
    await expect(call(describeStacks, { StackName: 'shop' })).rejects.toMatchObject(refusal('Stack with id shop does not exist'))
    await expect(call(describeStackEvents, { StackName: 'shop' })).rejects.toMatchObject(refusal('Stack [shop] does not exist'))
    const { Stacks } = await call(describeStacks, { StackName: StackId })
    expect(Stacks?.[0]).toMatchObject({ StackStatus: 'DELETE_COMPLETE', DeletionTime: expect.any(Date) })
    expect(Stacks?.[0]?.EnableTerminationProtection).toBeUndefined()
    expect((await call(describeStacks, {})).Stacks).toEqual([])
    const { StackSummaries } = await call(listStacks, { StackStatusFilter: ['DELETE_COMPLETE'] })
    expect(StackSummaries?.map((summary) => summary.StackId)).toEqual([StackId])
  })

  it('gives the events of a long history once each, newest first, over pages', async () => {
    const { call } = stage()
    await call(createStack, shop)
    for (let count = 0; count < 60; count += 1) await call(updateStack, shop)
    const first = await call(describeStackEvents, { StackName: 'shop' })
    await call(updateStack, shop)
    const second = await call(describeStackEvents, { StackName: 'shop', NextToken: first.NextToken })
    const ids = [...(first.StackEvents ?? []), ...(second.StackEvents ?? [])].map(({ EventId }) => EventId)
    expect(ids).toHaveLength(122)
    expect(new Set(ids).size).toBe(122)
    expect(second.NextToken).toBeUndefined()
    expect(second.StackEvents?.at(-1)?.ResourceStatus).toBe('CREATE_IN_PROGRESS')
  })
})
