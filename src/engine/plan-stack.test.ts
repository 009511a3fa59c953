import { describe, expect, it } from 'vitest'
import type { PlanRequest } from '#kit/stacks.ts'
import { type Bench, bench, by, scope, type Template, template } from './testing/bench.ts'

const caller = { ...by.caller, headers: {} }

const request = (body: Template | string, more: Partial<PlanRequest> = {}): PlanRequest => ({
  stackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/shop/0000',
  stackName: 'shop',
  caller,
  template: { body: typeof body === 'string' ? body : JSON.stringify(body) },
  parameters: [],
  tags: {},
  capabilities: [],
  notificationArns: [],
  expansionNeedsConsent: false,
  ...more,
})

const planned = (body: Template | string, more?: Partial<PlanRequest>, made: Bench = bench()) =>
  made.engine.plan(scope, request(body, more))

const sam = (properties: Template) => ({
  Transform: 'AWS::Serverless-2016-10-31',
  Resources: { F: { Type: 'AWS::Serverless::Function', Properties: properties } },
})

describe('a plan', () => {
  it('lists what a new stack creates', async () => {
    expect(await planned(template({ B: { Link: { Ref: 'A' } }, A: {} }))).toMatchObject({
      kind: 'changes',
      transformed: false,
      changes: [
        { action: 'Add', logicalId: 'A' },
        { action: 'Add', logicalId: 'B' },
      ],
    })
  })

  it.each<[string, Template, Partial<PlanRequest>, object]>([
    ['nothing', template({ A: { Name: 'n' } }), {}, { kind: 'unchanged' }],
    ['a property', template({ A: { Name: 'n', Size: 2 } }), {}, { changes: [{ action: 'Modify', replacement: 'False' }] }],
    ['a name', template({ A: { Name: 'm' } }), {}, { changes: [{ action: 'Modify', replacement: 'True' }] }],
    ['an output', template({ A: { Name: 'n' } }, { Outputs: { O: { Value: 'v' } } }), {}, { kind: 'changes', changes: [] }],
    ['tags', template({ A: { Name: 'n' } }), { tags: { team: 'gate' } }, { changes: [{ scope: ['Tags'], logicalId: 'A' }] }],
    ['other resources', template({ B: {} }), {}, { changes: [{ action: 'Add' }, { action: 'Remove', logicalId: 'A' }] }],
  ])('of an update that changes %s', async (_what, body, more, expected) => {
    const made = bench()
    await made.create('shop', template({ A: { Name: 'n' } }))
    expect(await planned(body, more, made)).toMatchObject(expected)
  })

  it('warns of an export that does not exist yet', async () => {
    const plan = await planned(template({ A: { Link: { 'Fn::ImportValue': 'gate' } } }))
    expect(plan).toMatchObject({
      kind: 'changes',
      warning:
        '[WARN] --include-property-values option can return incomplete ChangeSet data because: ChangeSet creation failed for resource [A] because: No export named gate',
    })
  })
})

describe('what a plan throws at once', () => {
  const role = { Resources: { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r' } } } }

  it.each<[string, Template | string, Partial<PlanRequest>, string, string]>([
    [
      'a malformed template',
      '{"this is invalid JSON"="bobbins"}',
      {},
      'ValidationError',
      'Template format error: JSON not well-formed. (line 1, column 25)',
    ],
    [
      'unknown types',
      { Resources: { A: { Type: 'Mine' }, B: { Type: 'Mine' } } },
      {},
      'ValidationError',
      'Template format error: Unrecognized resource types: [Mine]',
    ],
    [
      'unknown types, of which AWS knows one',
      { Resources: { A: { Type: 'Test::Small::Ghost' }, B: { Type: 'Mine' } } },
      {},
      'ValidationError',
      'Template format error: Unrecognized resource types: [Test::Small::Ghost, Mine] (Postern does not support Test::Small::Ghost; `--stub-unsupported`, or the tag `postern:stub-unsupported=true`, puts stubs in their place)',
    ],
    [
      'circles',
      template({ A: { DependsOn: 'B' }, B: { DependsOn: 'A' } }),
      {},
      'ValidationError',
      'Circular dependency between resources: [A, B]',
    ],
    ['missing capabilities', role, {}, 'InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_NAMED_IAM]'],
    [
      'a transform that nobody consented to',
      sam({}),
      { expansionNeedsConsent: true },
      'InsufficientCapabilitiesException',
      'Requires capabilities : [CAPABILITY_AUTO_EXPAND]',
    ],
  ])('%s', async (_what, body, more, code, message) => {
    await expect(planned(body, more)).rejects.toMatchObject({ code, message })
  })

  it('a resource that changes its type', async () => {
    const made = bench()
    await made.create('shop', template({ A: {} }))
    const changed = { Resources: { A: { Type: 'AWS::Other::Thing' } } }
    await expect(planned(changed, {}, made)).rejects.toMatchObject({ code: 'ValidationError' })
  })
})

describe('what a plan tells of only after the call', () => {
  it.each<[string, Template, RegExp]>([
    [
      'a property that nobody knows',
      template({ A: { Nonsense: 1 } }),
      /Nonsense.*Resources\.A\.Properties\.Nonsense, line 1, column \d+/,
    ],
    ['a property that the type does not honour', template({ A: { Unhonoured: 'x' } }), /`Unhonoured`.*not supported by Postern/],
    [
      'a transform that fails',
      sam({ Runtime: 'nodejs22.x' }),
      /^Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document\. Number of errors found: 1\./,
    ],
    [
      'capabilities that only the transform calls for',
      sam({ Runtime: 'nodejs22.x', Handler: 'index.h', InlineCode: 'x' }),
      /^Requires capabilities : \[CAPABILITY_IAM\]$/,
    ],
    [
      "a transform of AWS's",
      { ...template({ A: {} }), Transform: 'AWS::CodeDeployBlueGreen' },
      /^Postern does not carry out the transform AWS::CodeDeployBlueGreen;/,
    ],
    ['a transform that nobody knows', { ...template({ A: {} }), Transform: 'Mine' }, /^No transform named Mine found\.$/],
  ])('%s', async (_what, body, message) => {
    const plan = await planned(body)
    if (plan.kind !== 'refused') throw new Error(`the plan is ${plan.kind}`)
    expect(plan.error.message).toMatch(message)
  })

  it('with each cause that a transform tells of, and its place', async () => {
    const body = [
      'Transform: AWS::Serverless-2016-10-31',
      'Resources:',
      ...['A', 'B'].flatMap((id) => [
        `  ${id}:`,
        '    Type: AWS::Serverless::Function',
        '    Properties: { Runtime: nodejs22.x }',
      ]),
    ].join('\n')
    const plan = await planned(body)
    if (plan.kind !== 'refused') throw new Error(`the plan is ${plan.kind}`)
    expect(plan.error.causes).toMatchObject([
      { message: expect.stringContaining('[A]'), position: { line: 4 } },
      { message: expect.stringContaining('[B]'), position: { line: 7 } },
    ])
    for (const { message } of plan.error.causes) expect(plan.error.message).toContain(message)
  })

  it('names the file where it is known', async () => {
    const body = 'Resources:\n  A:\n    Type: Test::Small::Thing\n    Properties:\n      Nonsense: 1\n'
    const plan = await planned(body, { template: { body, file: 'shop.yaml' } })
    if (plan.kind !== 'refused') throw new Error(`the plan is ${plan.kind}`)
    expect(plan.error.message).toContain('shop.yaml:5:')
    expect(plan.error.position).toMatchObject({ file: 'shop.yaml', line: 5 })
  })
})
