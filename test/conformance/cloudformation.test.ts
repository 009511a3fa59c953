import { describe, expect, it } from 'vitest'
import { AwsError } from '#core/aws/aws-error.ts'
import { createEngine } from '#engine/engine.ts'
import type { Caller } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { operations, resourceTypes } from '#services/manifest.ts'
import { at, difference, filled, type RecordedCase, type RecordedStep, recordedCases } from './recorded.ts'
import { standInType } from './stand-in-types.ts'

const AREAS = [
  'changeset',
  'conditions',
  'deletion-policy',
  'engine',
  'exports',
  'resources-api',
  'stack',
  'template-api',
  'update',
  'validation',
]

/** Cases that need more than stacks, or whose template is no longer the one that was recorded, each with its reason. */
const SKIPPED: Readonly<Record<string, string>> = {
  'cfn-changeset-01': 'recorded when the template had no parameter',
  'cfn-changeset-16': 'AWS::Include reads from S3',
  'cfn-changeset-21': 'the recorded names are not those of the template',
  'cfn-engine-02': 'needs Systems Manager',
  'cfn-engine-03': 'needs Systems Manager',
  'cfn-stack-06': 'needs an IAM policy that fails to be created and exists all the same',
  'cfn-template-api-01': 'recorded when the template had no parameter',
}

/** Cases whose recorded names lack the random part that the inputs have. */
const PLAIN_NAMES = ['cfn-changeset-18', 'cfn-changeset-19', 'cfn-stack-04']

/** Members that the calls ask for by now and did not when they were recorded, or whose random part was recorded. */
const IGNORED: Readonly<Record<string, readonly string[]>> = {
  'cfn-changeset-19': ['Capabilities', 'PhysicalResourceId'],
  'cfn-stack-13': ['Capabilities', 'PhysicalResourceId'],
  'cfn-deletion-policy-02': ['PhysicalResourceId'],
}

const CAPABILITIES = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND']

const caller: Caller = {
  account: '111122223333',
  region: 'us-east-1',
  partition: 'aws',
  principalArn: 'arn:aws:iam::111122223333:root',
  requestId: 'request',
  endpoint: 'http://127.0.0.1:4566',
  headers: {},
}

interface Answer {
  readonly output?: unknown
  readonly error?: AwsError
}

function cloud() {
  const fixed = fakePorts()
  const engine = createEngine(async (type) => standInType(type) ?? (await resourceTypes[type]?.())?.default, fixed)
  const ports: Ports = { ...fixed, stacks: engine }
  return async (name: string, input: unknown): Promise<Answer> => {
    const load = operations[name]
    if (!load) return { error: new AwsError('NotImplemented', name) }
    const { run } = (await load()).default
    try {
      return { output: await run(input as never, caller, ports) }
    } catch (error) {
      if (error instanceof AwsError) return { error }
      throw error
    }
  }
}

type Call = ReturnType<typeof cloud>

async function deploy(
  call: Call,
  { stackName, template, parameters = {}, update }: NonNullable<RecordedStep['deploy']>,
): Promise<Answer> {
  const list = Array.isArray(parameters)
    ? parameters
    : Object.entries(parameters as object).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue: String(ParameterValue),
      }))
  const made = await call('cloudformation.CreateChangeSet', {
    StackName: stackName,
    ChangeSetName: `cs-${Math.abs(template.length)}-${update}`,
    ChangeSetType: update ? 'UPDATE' : 'CREATE',
    TemplateBody: template,
    Parameters: list,
    Capabilities: CAPABILITIES,
  })
  if (made.error) return made
  const { Id, StackId } = made.output as { Id: string; StackId: string }
  const executed = await call('cloudformation.ExecuteChangeSet', { ChangeSetName: Id })
  if (executed.error) return executed
  const { output } = await call('cloudformation.DescribeStacks', { StackName: StackId })
  const stack = (output as { Stacks: { StackStatus: string; Outputs?: { OutputKey: string; OutputValue: string }[] }[] })
    .Stacks[0]
  const outputs = Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))
  if (stack?.StackStatus.includes('ROLLBACK'))
    return { output: { stackId: StackId }, error: new AwsError('Failed', stack.StackStatus) }
  return { output: { stackId: StackId, changeSetId: Id, outputs } }
}

interface ShownEvent {
  readonly LogicalResourceId: string
  readonly PhysicalResourceId: string
  readonly ResourceStatus: string
  readonly ResourceType: string
  readonly Timestamp: Date
}

/** Events by logical id, oldest first, changes of status only. */
async function perResource(call: Call, StackName: string): Promise<Answer> {
  const { output } = await call('cloudformation.DescribeStackEvents', { StackName })
  const grouped: Record<string, ShownEvent[]> = {}
  for (const event of [...(output as { StackEvents: ShownEvent[] }).StackEvents].reverse()) {
    const { LogicalResourceId, PhysicalResourceId, ResourceStatus, ResourceType, Timestamp } = event
    if (ResourceStatus === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') continue
    const key = ResourceType === 'AWS::CloudFormation::Stack' ? 'Stack' : LogicalResourceId
    const shown = { LogicalResourceId, PhysicalResourceId, ResourceStatus, ResourceType, Timestamp }
    const list = grouped[key] ?? []
    grouped[key] = list
    if (list.at(-1)?.ResourceStatus === ResourceStatus) list.pop()
    list.push(shown)
  }
  return { output: { perResource: grouped } }
}

async function play({ id, steps: written, unorderedKeys = [] }: RecordedCase): Promise<string[]> {
  const call = cloud()
  const steps = PLAIN_NAMES.includes(id)
    ? (JSON.parse(JSON.stringify(written).replaceAll(/-?@\{u\d+\}/g, '')) as typeof written)
    : written
  const ignored = IGNORED[id] ?? []
  const results = new Map<string, unknown>()
  const bound = new Map<string, string>()
  const differences: string[] = []
  const lookup = (name: string): unknown => {
    if (/^u\d+$/.test(name)) return `u${name.slice(1).padStart(7, 'x')}`
    if (name in FIXED) return FIXED[name as keyof typeof FIXED]
    const [step = '', ...path] = name.split('.')
    return path.length > 0 ? at(results.get(step), path.join('.')) : results.get(step)
  }
  for (const raw of steps) {
    const step = filled({ ...raw, expect: undefined }, lookup) as RecordedStep
    if (step.wait) continue
    const service = step.call?.split('.')[0]
    if (service && service !== 'cloudformation') continue
    const answer = step.deploy
      ? await deploy(call, step.deploy)
      : step.stackEvents
        ? await perResource(call, step.stackEvents.StackName)
        : await call(step.call ?? '', step.input ?? {})
    results.set(step.id, answer.output)
    differences.push(
      ...compare(
        raw,
        { ...answer, output: without(answer.output, ignored) },
        without(filled(raw.expect, lookup), ignored) as RecordedStep['expect'],
        bound,
        unorderedKeys,
      ),
    )
    if (differences.length > 0) break
  }
  return differences
}

/** A value without the members of these names. */
function without(value: unknown, names: readonly string[]): unknown {
  if (names.length === 0 || typeof value !== 'object' || value === null || value instanceof Date) return value
  if (Array.isArray(value)) return value.map((member) => without(member, names))
  const kept = Object.entries(value).filter(([key]) => !names.includes(key))
  return Object.fromEntries(kept.map(([key, member]) => [key, without(member, names)]))
}

const FIXED = { account: caller.account, region: caller.region, partition: caller.partition }

function compare(
  { id, sort = {} }: RecordedStep,
  { output, error }: Answer,
  expected: RecordedStep['expect'],
  bound: Map<string, string>,
  unordered: readonly string[],
): string[] {
  const told = (text: string | undefined) => (text === undefined ? [] : [`${id} ${text}`])
  if (expected?.error) {
    if (!error) return told('should have been refused')
    if (expected.error === true) return []
    const { code = error.code, message = error.message } = expected.error
    return told(difference({ code, message }, { code: error.code, message: error.message }, bound))
  }
  if (error) return told(`was refused: ${error.message}`)
  for (const [path, key] of Object.entries(sort)) {
    const list = at(output, path)
    if (Array.isArray(list)) list.sort((a, b) => (String(at(a, key)) < String(at(b, key)) ? -1 : 1))
  }
  if (expected?.body !== undefined) return told(difference(expected.body, output ?? {}, bound, unordered))
  return Object.entries(expected?.at ?? {}).flatMap(([path, value]) => {
    const actual = path === 'perResource' ? (output as { perResource: unknown }).perResource : at(output, path)
    return told(difference(value, actual, bound, unordered, path))
  })
}

describe.each(AREAS)('recorded CloudFormation: %s', (area) => {
  const cases = recordedCases(`cfn-${area}`)
  it.skipIf(cases.length === 0).each(cases.map((one) => [one.id, one.title, one] as const))('%s %s', async (id, _title, one) => {
    if (id in SKIPPED) return
    expect(await play(one)).toEqual([])
  })
})
