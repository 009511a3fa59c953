import { describe, expect, it } from 'vitest'
import { AwsError } from '#core/aws/aws-error.ts'
import { changeSets, templates } from '#kit/stacks.ts'
import { plan, scope, stage } from '../testing/stage.ts'
import createChangeSet from './create-change-set.ts'
import createStack from './create-stack.ts'
import deleteChangeSet from './delete-change-set.ts'
import describeChangeSet from './describe-change-set.ts'
import describeStacks from './describe-stacks.ts'
import executeChangeSet from './execute-change-set.ts'
import listChangeSets from './list-change-sets.ts'

const TemplateBody = 'Resources: {}'
const first = { StackName: 'shop', ChangeSetName: 'first', ChangeSetType: 'CREATE', TemplateBody } as const
const update = { StackName: 'shop', ChangeSetName: 'second', TemplateBody } as const

describe('CreateChangeSet', () => {
  it('is complete when it answers, and puts a new stack under review', async () => {
    const { call } = stage()
    const { Id, StackId } = await call(createChangeSet, first)
    expect(Id).toMatch(/^arn:aws:cloudformation:eu-central-1:111122223333:changeSet\/first\/[0-9a-f-]{36}$/)
    const { Stacks } = await call(describeStacks, { StackName: 'shop' })
    expect(Stacks?.[0]).toMatchObject({ StackId, StackStatus: 'REVIEW_IN_PROGRESS', StackStatusReason: 'User Initiated' })
    expect(await call(describeChangeSet, { ChangeSetName: 'first', StackName: 'shop' })).toMatchObject({
      ChangeSetId: Id,
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
    })
  })

  it.each([
    [
      'unchanged',
      false,
      "The submitted information didn't contain changes. Submit different information to create a change set.",
    ],
    ['unchanged', true, 'No updates are to be performed.'],
    ['refused', true, 'Requires capabilities : [CAPABILITY_IAM]'],
  ] as const)('fails where the plan is %s (transformed: %s)', async (kind, transformed, StatusReason) => {
    const error = new AwsError('InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_IAM]')
    const { call } = stage({ plan: plan(kind === 'refused' ? { kind, error, transformed } : { kind, transformed }) })
    const { Id = '' } = await call(createChangeSet, first)
    expect(await call(describeChangeSet, { ChangeSetName: Id })).toMatchObject({
      Status: 'FAILED',
      ExecutionStatus: 'UNAVAILABLE',
      StatusReason,
      Changes: [],
    })
    await expect(call(executeChangeSet, { ChangeSetName: Id })).rejects.toMatchObject({
      code: 'InvalidChangeSetStatus',
      message: `ChangeSet [${Id}] cannot be executed in its current status of [FAILED]`,
    })
  })

  it("keeps where the template says what it failed with, and shows that to nobody who asks in AWS's way", async () => {
    const causes = [{ message: 'No.', position: { line: 8, column: 5 } }]
    const { call, ports } = stage({ plan: plan({ kind: 'refused', error: new AwsError('ValidationError', 'No.', { causes }) }) })
    const { Id = '' } = await call(createChangeSet, first)
    expect(ports.records.get(changeSets, scope, Id)?.statusCauses).toEqual(causes)
    expect(JSON.stringify(await call(describeChangeSet, { ChangeSetName: Id }))).not.toContain('"line"')
  })

  it('takes the name of one that failed, as two deployments within a second do', async () => {
    const { call } = stage({ plan: plan({ kind: 'unchanged', transformed: false }) })
    const { Id: failed } = await call(createChangeSet, first)
    const { Id } = await call(createChangeSet, first)
    expect(Id).not.toBe(failed)
    expect((await call(listChangeSets, { StackName: 'shop' })).Summaries).toMatchObject([{ ChangeSetId: Id, Status: 'FAILED' }])
  })

  it('refuses to create a stack that is there, and to change one that is not', async () => {
    const { call } = stage()
    await expect(call(createChangeSet, update)).rejects.toMatchObject({ message: 'Stack [shop] does not exist' })
    await call(createStack, { StackName: 'shop', TemplateBody })
    await expect(call(createChangeSet, first)).rejects.toMatchObject({
      code: 'ValidationError',
      message: 'Stack [shop] already exists and cannot be created again with the changeSet [first].',
    })
    await call(createChangeSet, update)
    await expect(call(createChangeSet, update)).rejects.toMatchObject({ code: 'AlreadyExistsException' })
  })
})

describe('ExecuteChangeSet', () => {
  it('carries it out, drops the others, and frees its name', async () => {
    const { call } = stage()
    const { Id = '' } = await call(createChangeSet, first)
    const { Id: other = '' } = await call(createChangeSet, { ...first, ChangeSetName: 'other' })
    await call(executeChangeSet, { ChangeSetName: 'first', StackName: 'shop' })
    const { Stacks } = await call(describeStacks, { StackName: 'shop' })
    expect(Stacks?.[0]).toMatchObject({ StackStatus: 'CREATE_COMPLETE', ChangeSetId: Id, LastUpdatedTime: expect.any(Date) })
    await expect(call(describeChangeSet, { ChangeSetName: other })).rejects.toMatchObject({
      code: 'ChangeSetNotFound',
      message: `ChangeSet [${other}] does not exist`,
      status: 404,
    })
    expect((await call(listChangeSets, { StackName: 'shop' })).Summaries).toEqual([])
    const { Id: newer } = await call(createChangeSet, { ...update, ChangeSetName: 'first' })
    expect(await call(describeChangeSet, { ChangeSetName: 'first', StackName: 'shop' })).toMatchObject({ ChangeSetId: newer })
  })

  it('makes change sets obsolete that wait while the stack is created another way', async () => {
    const { call } = stage()
    const { Id = '' } = await call(createChangeSet, first)
    await call(createStack, { StackName: 'shop', TemplateBody })
    expect(await call(describeChangeSet, { ChangeSetName: Id })).toMatchObject({ ExecutionStatus: 'OBSOLETE' })
    await expect(call(executeChangeSet, { ChangeSetName: Id })).rejects.toMatchObject({ code: 'InvalidChangeSetStatus' })
  })
})

describe('DeleteChangeSet', () => {
  it('takes its template along, and succeeds where there is none', async () => {
    const { call, ports } = stage()
    await call(createChangeSet, first)
    expect(ports.records.list(templates, scope)).toHaveLength(1)
    for (let times = 0; times < 2; times += 1) await call(deleteChangeSet, { StackName: 'shop', ChangeSetName: 'first' })
    expect(ports.records.list(templates, scope)).toEqual([])
  })
})
