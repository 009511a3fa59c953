import { describe, expect, test } from 'vitest'
import { AwsError } from '#core/aws/aws-error.ts'
import type { Call } from '#io/frontdoor/exchange.ts'
import { validate } from '#io/frontdoor/validation/validate.ts'
import type { Caller } from '#kit/operation.ts'
import type { DataPlane, Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { operations } from '#services/manifest.ts'
import { services } from '#services/models/services.ts'
import known from './apigateway-known-failures.json' with { type: 'json' }
import {
  Knowledge,
  type RecordedCase,
  type RecordedStep,
  readRecordedCases,
  recordedFolder,
  sorted,
  valueAt,
} from './recorded-case.ts'

/* What AWS answered to calls of API Gateway's control plane, against the operations themselves: no HTTP, no data plane. */

const ACCOUNT = '111122223333'
const REGION = 'us-east-1'
const caller: Caller = {
  account: ACCOUNT,
  region: REGION,
  partition: 'aws',
  principalArn: `arn:aws:iam::${ACCOUNT}:root`,
  requestId: '00000000-0000-4000-8000-000000000000',
  endpoint: 'http://127.0.0.1:4566',
  headers: {},
}

const folder = recordedFolder()
const isControl = ({ steps }: RecordedCase) =>
  steps.every((step) => step.pause !== undefined || step.call?.startsWith('apigateway.') === true)
const cases = folder ? readRecordedCases(folder, (area) => area.startsWith('apigw-')).filter(isControl) : []
const reasons: Readonly<Record<string, string>> = known

describe.skipIf(cases.length === 0)('recorded answers of the API Gateway control plane', () => {
  for (const recorded of cases) {
    test(`${recorded.id} ${recorded.title}`, async () => {
      const differences = await replay(recorded)
      // A known failure that passes is one to take off the list.
      if (reasons[recorded.id]) expect(differences, `known: ${reasons[recorded.id]}`).not.toEqual([])
      else expect(differences).toEqual([])
    })
  }

  test('every known failure is still a case', () => {
    expect(Object.keys(reasons).filter((id) => !cases.some((recorded) => recorded.id === id))).toEqual([])
  })
})

/** What differs from the recording, by step. */
async function replay(recorded: RecordedCase): Promise<string[]> {
  const silent = { publishStage: () => {}, withdrawStage: () => {} } as unknown as DataPlane
  const ports = fakePorts({ dataPlane: silent })
  const knowledge = new Knowledge({ account: ACCOUNT, region: REGION, partition: 'aws' }, recorded.unorderedKeys)
  const differences: string[] = []
  for (const step of recorded.steps) {
    if (!step.call) continue
    let different: string | undefined
    try {
      different = await replayStep(step, knowledge, ports)
    } catch (error) {
      different = `cannot be built: ${String(error)}`
    }
    if (different) differences.push(`${step.id} ${step.call}: ${different}`)
  }
  return differences
}

async function replayStep(step: RecordedStep, knowledge: Knowledge, ports: Ports): Promise<string | undefined> {
  const input = knowledge.filled(step.input ?? {}) as Record<string, unknown>
  const { expect: wanted = {} } = step
  let result: unknown
  try {
    result = await call(step.call?.split('.')[1] ?? '', input, ports)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    if (!wanted.error) return `refused: ${error.code} ${error.message}`
    const { code, message } = wanted.error === true ? {} : wanted.error
    return (
      (code === undefined ? undefined : knowledge.difference(code, error.code, 'code')) ??
      (message === undefined ? undefined : knowledge.difference(message, error.message, 'message'))
    )
  }
  knowledge.results.set(step.id, sorted(result, step.sort))
  if (wanted.error) return `expected a refusal: ${JSON.stringify(wanted.error)}`
  if (wanted.body !== undefined) return knowledge.difference(wanted.body, result, '', wanted.ignore)
  for (const [path, value] of Object.entries(wanted.at ?? {})) {
    const different = knowledge.difference(value, valueAt(result, path), path, wanted.ignore)
    if (different) return different
  }
  return undefined
}

/** As the front door calls it: the input judged by the model, and the answer as it looks on the wire, but for its times. */
async function call(name: string, input: Record<string, unknown>, ports: Ports): Promise<unknown> {
  const load = operations[`apigateway.${name}`]
  if (!load) throw new AwsError('NotImplemented', name, { status: 501 })
  const { default: operation } = await load()
  const model = (await services.find(({ service }) => service === 'apigateway')?.load())?.table
  const shape = model?.operations[name]
  if (!model || !shape) throw new Error(`the model has no ${name}`)
  validate(input, { service: model, name, shape, labels: {} } satisfies Call)
  const body = typeof input['body'] === 'string' ? { body: new TextEncoder().encode(input['body']) } : {}
  const answer = await operation.run({ ...input, ...body } as never, caller, ports)
  return JSON.parse(JSON.stringify(answer ?? {}))
}
