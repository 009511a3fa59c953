import { describe, expect, it } from 'vitest'
import { AwsError } from '#core/aws/aws-error.ts'
import type { Objects } from '#kit/ports.ts'
import { type PlanRequest, templates } from '#kit/stacks.ts'
import { bench, by, scope } from './testing/bench.ts'

/** S3 with one bucket, in which these are all the objects. */
function objectsOf(texts: Record<string, string>): Objects {
  return {
    async read(_scope, { bucket, key }) {
      if (bucket !== 'snippets') throw new AwsError('NoSuchBucket', 'The specified bucket does not exist')
      const text = texts[key]
      if (text === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.')
      return new TextEncoder().encode(text)
    },
  }
}

const include = (location: string) => `Fn::Transform: { Name: AWS::Include, Parameters: { Location: ${location} } }`

const request = (body: string): PlanRequest => ({
  stackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/shop/0000',
  stackName: 'shop',
  caller: { ...by.caller, headers: {} },
  template: { body },
  parameters: [],
  tags: {},
  capabilities: [],
  notificationArns: [],
  expansionNeedsConsent: false,
})

describe('what a template includes', () => {
  it('is read when the stack is planned, and handed out to be kept', async () => {
    const { engine } = bench({ objects: objectsOf({ 'things.yaml': 'B: { Type: Test::Small::Thing }' }) })
    const body = `Resources:\n  A: { Type: Test::Small::Thing }\n  ${include('s3://snippets/things.yaml')}`
    expect(await engine.plan(scope, request(body))).toMatchObject({
      kind: 'changes',
      transformed: true,
      changes: [{ logicalId: 'A' }, { logicalId: 'B' }],
      snippets: { 's3://snippets/things.yaml': 'B: { Type: Test::Small::Thing }' },
    })
  })

  it.each([
    ['a bucket that does not exist', 's3://nowhere/things.yaml', 'S3 bucket [nowhere] does not exist.'],
    ['an object that does not exist', 's3://snippets/other.yaml', 'S3 object [other.yaml] does not exist in bucket [snippets].'],
    ['another address', 'https://snippets.s3.amazonaws.com/things.yaml', 'The location parameter is not a valid S3 uri.'],
    ['no snippet', 's3://snippets/text.yaml', "The specified S3 object's content should be valid Yaml/JSON"],
  ])('is refused with the change set: %s', async (_what, location, reason) => {
    const { engine } = bench({ objects: objectsOf({ 'text.yaml': 'just text' }) })
    const plan = await engine.plan(scope, request(`Resources:\n  ${include(location)}`))
    if (plan.kind !== 'refused') throw new Error(`the plan is ${plan.kind}`)
    expect(plan.error.message).toBe(`Transform AWS::Include failed with: ${reason}`)
    expect(plan.error.position?.line ?? 0).toBeGreaterThan(0)
  })

  it('is what it was when the stack was planned, whatever has become of it since', async () => {
    const texts = { 'size.yaml': 'Size: 1' }
    const { engine, ports } = bench({ objects: objectsOf(texts) })
    const body = `Resources:\n  A:\n    Type: Test::Small::Thing\n    Properties:\n      ${include('s3://snippets/size.yaml')}`
    const { snippets, parameters } = await engine.plan(scope, request(body))
    texts['size.yaml'] = 'Size: 2'

    ports.records.put(templates, scope, 'kept', { body, snippets })
    const { stackId, stackName, tags, capabilities, notificationArns } = request(body)
    const revision = { template: 'kept', parameters: {}, shownParameters: parameters.shown, tags, capabilities, notificationArns }
    expect(engine.process(scope, { stackId, stackName }, revision)).toMatchObject({
      Resources: { A: { Properties: { Size: 1 } } },
    })
  })
})
