import { describe, expect, it } from 'vitest'
import { AwsError } from '#core/aws/aws-error.ts'
import { checkTemplate } from '#core/template/check.ts'
import { checkValues } from '#core/template/check-values.ts'
import { evaluateConditions } from '#core/template/conditions.ts'
import { dependencyGraph } from '#core/template/graph.ts'
import { resolveParameters } from '#core/template/parameters.ts'
import { parseTemplate } from '#core/template/parse.ts'
import { outputsOf, resourcesOf } from '#core/template/resources.ts'
import { checkRules } from '#core/template/rules.ts'
import { isMap, memberOf } from '#core/template/value.ts'
import { type RecordedStep, readCases, recordingsFolder } from './recorded/cases.ts'
import { fillWith } from './recorded/fill.ts'

/*
 * Every template that was recorded with what AWS said of it, held against what can be told of a template without a stack: the same
 * refusal where AWS refused the template, none where AWS took it.
 */

const AREAS = [
  'changeset',
  'conditions',
  'deletion-policy',
  'engine',
  'exports',
  'nested',
  'ref-getatt',
  'res-apigateway',
  'res-ec2',
  'res-lambda',
  'res-s3',
  'stack',
  'template-api',
  'update',
  'validation',
]

interface Recorded {
  readonly id: string
  readonly template: string
  /** None where the call asks of the template alone. */
  readonly parameters?: readonly { key: string; value: string }[]
  readonly refusal?: string
}

/** Refusals that are about the template, not about stacks or calls. */
const OF_TEMPLATES = /^(Template|Parameter|Invalid template|\[\/|Unresolved|Circular)/

/** Their value is another service's, which AWS asked. */
const SYSTEMS_MANAGER = /AWS::SSM::Parameter::Value|\{\{resolve:/

const folder = recordingsFolder()
const cases = folder ? AREAS.flatMap((area) => readCases(folder, `cfn-${area}`)) : []

const recorded = cases.flatMap((one) =>
  one.steps.flatMap((step): readonly Recorded[] => {
    const found = templateIn(step)
    if (!found || SYSTEMS_MANAGER.test(found.template)) return []
    const error = step.expect?.error
    const message = typeof error === 'object' && error.message !== undefined ? String(error.message) : undefined
    // A stack that went wrong later, or a call that failed for another reason, says nothing of the template.
    if (error && (message === undefined || !OF_TEMPLATES.test(message))) return []
    return [{ id: `${one.id} ${step.id}: ${one.title}`, ...found, ...(message !== undefined && { refusal: message }) }]
  }),
)

describe.skipIf(recorded.length === 0)('what AWS said of recorded templates', () => {
  it.each(recorded.filter(({ refusal }) => refusal !== undefined).map((one) => [one.id, one] as const))(
    'refuses %s',
    (_, one) => {
      expect(refusalOf(one)).toBe(one.refusal)
    },
  )

  it.each(recorded.filter(({ refusal }) => refusal === undefined).map((one) => [one.id, one] as const))('takes %s', (_, one) => {
    expect(refusalOf(one)).toBeUndefined()
  })
})

function templateIn(step: RecordedStep): Pick<Recorded, 'template' | 'parameters'> | undefined {
  const deploy = fillWith(step['deploy'], 'x1') as { template: string; parameters?: unknown } | undefined
  const input = fillWith(step.input ?? {}, 'x1') as Record<string, unknown>
  const template = deploy?.template ?? input['TemplateBody']
  if (typeof template !== 'string') return undefined
  if (/\.(ValidateTemplate|GetTemplateSummary)$/.test(String(step['call']))) return { template }
  const given = deploy?.parameters ?? input['Parameters'] ?? []
  const parameters = Array.isArray(given)
    ? given.map(({ ParameterKey, ParameterValue }) => ({ key: String(ParameterKey), value: String(ParameterValue) }))
    : Object.entries(given as object).map(([key, value]) => ({ key, value: String(value) }))
  return { template, parameters }
}

function refusalOf({ template: text, parameters: given }: Recorded): string | undefined {
  try {
    const template = parseTemplate(text)
    checkTemplate(template)
    // What a transform makes of it is another suite's subject.
    if (memberOf(template, 'Transform') !== undefined || text.includes('Fn::Transform')) return undefined
    if (!given) return undefined
    const { values } = resolveParameters(template, given, {})
    checkRules(template, values, pseudo)
    const conditions = evaluateConditions(template, values, pseudo)
    const resources = resourcesOf(template, conditions, values)
    const outputs = outputsOf(template, conditions)
    dependencyGraph(resources, conditions)
    const mappings = memberOf(template, 'Mappings')
    checkValues(resources, outputs, {
      parameters: values,
      conditions,
      mappings: isMap(mappings) ? mappings : {},
      pseudo,
      availabilityZones: (region) => [`${region}a`, `${region}b`],
    })
    return undefined
  } catch (error) {
    if (error instanceof AwsError) return error.message
    throw error
  }
}

const pseudo = {
  AccountId: '111111111111',
  Region: 'us-east-1',
  Partition: 'aws',
  StackId: 'arn:aws:cloudformation:us-east-1:111111111111:stack/x1/1',
  StackName: 'x1',
  URLSuffix: 'amazonaws.com',
  NotificationARNs: [],
}
