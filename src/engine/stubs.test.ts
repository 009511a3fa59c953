import { describe, expect, it } from 'vitest'
import { stackResources } from '#kit/stacks.ts'
import { STUB_TAG } from '#kit/stub-tag.ts'
import { type Bench, bench, by, scope, type Template, template } from './testing/bench.ts'

const ghosts = (resources: Record<string, Template>, more: Template = {}): Template => ({
  Resources: Object.fromEntries(
    Object.entries(resources).map(([id, Properties]) => [id, { Type: 'Test::Small::Ghost', Properties }]),
  ),
  ...more,
})
const stub = 'a stub: Test::Small::Ghost is not implemented by Postern'
const unhonoured = 'property `Unhonoured` of Test::Small::Thing is not supported by Postern'

const resourceOf = ({ ports, stack }: Bench, logicalId: string) =>
  ports.records.list(stackResources, scope).find(({ key }) => key === `${stack('shop').id}/${logicalId}`)?.value

const plan = ({ engine }: Bench, body: Template, tags: Record<string, string> = {}) =>
  engine.plan(scope, {
    ...{ stackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/shop/0000', stackName: 'shop' },
    ...{ parameters: [], capabilities: [], notificationArns: [], expansionNeedsConsent: false },
    caller: { ...by.caller, headers: {} },
    template: { body: JSON.stringify(body) },
    tags,
  })

describe('who takes stubs', () => {
  it.each<[string, boolean, Record<string, string>, boolean]>([
    ['nobody, unless asked', false, {}, false],
    ['a stack with the tag', false, { [STUB_TAG]: 'true' }, true],
    ['a stack whose tag says something else', false, { [STUB_TAG]: 'no' }, false],
    ['every stack, where the engine does', true, {}, true],
  ])('%s', async (_who, always, tags, taken) => {
    const planned = plan(bench({}, { takesStubs: always }), ghosts({ A: {} }), tags)
    if (taken) expect(await planned).toMatchObject({ kind: 'changes', takesStubs: true, changes: [{ logicalId: 'A' }] })
    else await expect(planned).rejects.toThrow('Postern does not support Test::Small::Ghost')
  })
})

describe('a stack that takes stubs', () => {
  it('names its stubs, in the events and in its resources', async () => {
    const made = bench({}, { takesStubs: true })
    expect(await made.create('shop', ghosts({ A: {} }))).toMatchObject({ status: 'CREATE_COMPLETE' })
    expect(made.story('shop')).toContain(`A CREATE_COMPLETE ${stub}`)
    expect(resourceOf(made, 'A')).toMatchObject({ statusReason: stub, current: { isStub: true, caveats: [{ kind: 'stub' }] } })
  })

  it('yields every attribute of the schema, one without a value as its name', async () => {
    const made = bench({}, { takesStubs: true })
    const att = (attribute: string) => ({ Value: { 'Fn::GetAtt': ['A', attribute] } })
    const body = ghosts({ A: {} }, { Outputs: { Arn: att('Arn'), Colour: att('Colour') } })
    const { outputs } = await made.create('shop', body)
    expect(outputs.map(({ value }) => value)).toEqual(['arn:ghost', 'A.Colour'])
    expect(await plan(made, body)).toMatchObject({ kind: 'unchanged' })
    await made.update('shop', ghosts({ A: {} }, { Outputs: { O: att('Shape') } }))
    expect(made.story('shop').join('\n')).toContain('does not support attribute {Shape}')
  })

  it('checks the properties of stubs', async () => {
    expect(await plan(bench({}, { takesStubs: true }), ghosts({ A: { Size: 'large', Weight: 1 } }))).toMatchObject({
      kind: 'refused',
      error: { message: expect.stringMatching(/\/Size.*Integer.*unsupported properties.*\[Weight\]/) },
    })
  })

  it('changes and replaces stubs as their schema says, and deletes them', async () => {
    const made = bench({}, { takesStubs: true })
    await made.create('shop', ghosts({ A: { Name: 'a' } }))
    const first = resourceOf(made, 'A')?.current?.id
    await made.update('shop', ghosts({ A: { Name: 'a', Size: 2 } }))
    expect(resourceOf(made, 'A')?.current?.id).toBe(first)
    await made.update('shop', ghosts({ A: { Name: 'b', Size: 2 } }))
    expect(resourceOf(made, 'A')?.current?.id).not.toBe(first)
    expect((await made.remove('shop')).status).toBe('DELETE_COMPLETE')
  })

  it.each<[string, Template, string]>([
    ['a property that its handler never sees', { Unhonoured: 'x', Size: 1 }, unhonoured],
    ['a value that its handler sees all the same', { Quality: 'best' }, 'the best there is not'],
    ['what its handler says that it does not do', { Exotic: 'this' }, 'this is too much'],
    ['two of them', { Quality: 'best', Exotic: 'this' }, 'the best there is not; this is too much'],
  ])('goes without %s', async (_what, properties, reason) => {
    const made = bench({}, { takesStubs: true })
    expect(await made.create('shop', template({ A: properties }))).toMatchObject({ status: 'CREATE_COMPLETE' })
    expect(resourceOf(made, 'A')?.statusReason).toBe(reason)
    expect(await plan(made, template({ A: properties }))).toMatchObject({ kind: 'unchanged' })
    expect((await bench().create('shop', template({ A: properties }))).status).toBe('ROLLBACK_COMPLETE')
  })

  it('says the same of a resource that an update left alone', async () => {
    const made = bench({}, { takesStubs: true })
    await made.create('shop', template({ A: { Unhonoured: 'x', Exotic: 'this' } }))
    await made.update('shop', template({ A: { Unhonoured: 'x', Exotic: 'this' }, B: {} }))
    expect(resourceOf(made, 'A')?.statusReason).toBe(`${unhonoured}; this is too much`)
    await made.update('shop', template({ A: {}, B: {} }))
    expect(resourceOf(made, 'A')?.statusReason).toBeUndefined()
  })

  it('replaces a stub by what Postern has learnt to make', async () => {
    const made = bench({}, { takesStubs: true })
    await made.create('shop', ghosts({ A: {} }))
    const before = resourceOf(made, 'A')?.current?.id
    made.learn('Test::Small::Ghost')
    expect(await plan(made, ghosts({ A: {} }))).toMatchObject({ kind: 'changes' })
    expect((await made.update('shop', ghosts({ A: {} }))).status).toBe('UPDATE_COMPLETE')
    const after = resourceOf(made, 'A')
    expect([after?.statusReason, after?.current?.isStub]).toEqual([undefined, undefined])
    expect(after?.current?.id).not.toBe(before)
  })

  it('has its caveats again after an update that failed', async () => {
    const made = bench({}, { takesStubs: true })
    await made.create('shop', template({ A: { Quality: 'best' } }))
    await made.update('shop', template({ A: { Quality: 'fair' }, B: { Fails: ['create'], DependsOn: 'A' } }))
    expect(made.stack('shop').status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(resourceOf(made, 'A')).toMatchObject({
      statusReason: 'the best there is not',
      current: { written: { Quality: 'best' } },
    })
  })
})
