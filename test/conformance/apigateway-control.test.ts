import { describe, expect, test } from 'vitest'
import { AwsError } from '#core/aws/aws-error.ts'
import { validate } from '#io/frontdoor/validation/validate.ts'
import type { Caller } from '#kit/operation.ts'
import type { DataPlane, Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { operations } from '#services/manifest.ts'
import { services } from '#services/models/services.ts'
import known from './apigateway-known-failures.json' with { type: 'json' }
import { at, difference, filled, type RecordedCase, type RecordedStep, recordedCases } from './recorded.ts'

/* What AWS answered to calls of API Gateway's control plane, against the operations themselves: no HTTP, no data plane. */

const AREAS = [
  'authorizer',
  'canary',
  'gateway-response',
  'import-export',
  'integration-control',
  'method',
  'model-validator',
  'resource',
  'restapi',
  'stage-deployment',
  'test-invoke',
  'usage-plan',
]

type Step = RecordedStep & { readonly pause?: number; readonly expect?: { readonly ignore?: readonly string[] } }

const caller: Caller = {
  account: '111122223333',
  region: 'us-east-1',
  partition: 'aws',
  principalArn: 'arn:aws:iam::111122223333:root',
  requestId: '00000000-0000-4000-8000-000000000000',
  endpoint: 'http://127.0.0.1:4566',
  headers: {},
}

const isControl = ({ steps }: RecordedCase) =>
  steps.every((step: Step) => step.pause !== undefined || step.call?.startsWith('apigateway.') === true)
const cases = AREAS.flatMap((area) => recordedCases(`apigw-${area}`)).filter(isControl)
const reasons: Readonly<Record<string, string>> = known

describe.skipIf(cases.length === 0)('recorded answers of the API Gateway control plane', () => {
  test.each(cases.map((one) => [one.id, one.title, one] as const))('%s %s', async (id, _title, one) => {
    const differences = await replay(one)
    // A known failure that passes is one to take off the list.
    if (reasons[id]) expect(differences, `known: ${reasons[id]}`).not.toEqual([])
    else expect(differences).toEqual([])
  })

  test('every known failure is still a case', () => {
    expect(Object.keys(reasons).filter((id) => !cases.some((one) => one.id === id))).toEqual([])
  })
})

/** What differs from the recording, by step. */
async function replay({ steps, unorderedKeys = [] }: RecordedCase): Promise<string[]> {
  const silent = { publishStage: () => {}, withdrawStage: () => {} } as unknown as DataPlane
  const ports = fakePorts({ dataPlane: silent })
  const results = new Map<string, unknown>()
  const bound = new Map<string, string>()
  const lookUp = (name: string): unknown => {
    const [step = '', ...path] = name.split('.')
    if (results.has(step)) return at(results.get(step), path.join('.'))
    return name in caller ? caller[name as keyof Caller] : `unknown${name}`
  }
  const differences: string[] = []
  for (const step of steps as readonly Step[]) {
    if (!step.call) continue
    const answer = await answerTo(step.call.replace('apigateway.', ''), filled(step.input ?? {}, lookUp) as object, ports)
    results.set(step.id, sorted(answer.output, step.sort))
    const different = judged(filled(step.expect ?? {}, lookUp) as NonNullable<Step['expect']>, answer, bound, unorderedKeys)
    if (different) differences.push(`${step.id} ${step.call}: ${different}`)
  }
  return differences
}

interface Answer {
  readonly output?: Record<string, unknown>
  readonly error?: AwsError
}

/** As the front door calls it: the input judged by the model, and the answer as it looks on the wire, but for its times. */
async function answerTo(name: string, input: object, ports: Ports): Promise<Answer> {
  const load = operations[`apigateway.${name}`]
  const model = (await services.find(({ service }) => service === 'apigateway')?.load())?.table
  const shape = model?.operations[name]
  if (!load || !model || !shape) return { error: new AwsError('NotImplemented', name) }
  try {
    validate({ ...input }, { service: model, name, shape, labels: {} })
    const body = 'body' in input ? { body: new TextEncoder().encode(String(input.body)) } : {}
    const output = await (await load()).default.run({ ...input, ...body } as never, caller, ports)
    return { output: JSON.parse(JSON.stringify(output ?? {})) }
  } catch (error) {
    if (error instanceof AwsError) return { error }
    throw error
  }
}

function judged(
  expected: NonNullable<Step['expect']>,
  { output = {}, error }: Answer,
  bound: Map<string, string>,
  unordered: readonly string[],
): string | undefined {
  if (expected.error) {
    if (!error) return 'should have been refused'
    const { code = error.code, message = error.message } = expected.error === true ? {} : expected.error
    return difference({ code, message }, { code: error.code, message: error.message }, bound)
  }
  if (error) return `was refused: ${error.code} ${error.message}`
  const left = Object.fromEntries(Object.entries(output).filter(([key]) => !expected.ignore?.includes(key)))
  if (expected.body !== undefined) return difference(expected.body, left, bound, unordered)
  for (const [path, value] of Object.entries(expected.at ?? {})) {
    const different = difference(value, at(output, path), bound, unordered, path)
    if (different) return different
  }
  return undefined
}

function sorted(output: unknown, sort: Readonly<Record<string, string>> = {}): unknown {
  for (const [path, key] of Object.entries(sort)) {
    const list = at(output, path)
    if (Array.isArray(list)) list.sort((a, b) => (String(at(a, key)) < String(at(b, key)) ? -1 : 1))
  }
  return output
}
