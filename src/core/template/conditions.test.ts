import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { evaluateConditions } from './conditions.ts'
import { parseTemplate } from './parse.ts'
import { checkRules } from './rules.ts'
import { refusalOf } from './testing/refusal.ts'

interface Case {
  readonly name: string
  /** The `Conditions` section, or … */
  readonly text?: string
  /** … the only rule. */
  readonly rule?: string
  readonly result?: Readonly<Record<string, boolean>>
  readonly error?: string
}

const cases = parse(
  readFileSync(new URL('../../../test/cases/template/conditions.yaml', import.meta.url), 'utf8'),
) as readonly Case[]

const parameters = { Stage: 'prod', Count: '3', Flag: 'true', List: ['a', 'b'], Other: ['a', 'c'] }
const pseudo = {
  AccountId: '000000000000',
  Region: 'us-east-1',
  Partition: 'aws',
  StackId: 'id',
  StackName: 'name',
  URLSuffix: 'amazonaws.com',
  NotificationARNs: [],
}
const Mappings = { M: { prod: { Size: 'large' } } }

describe('conditions and rules', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { text, rule, result, error }) => {
    const decide = () => {
      if (rule !== undefined) return checkRules({ Rules: { R: parseTemplate(rule) } }, parameters, pseudo)
      return evaluateConditions({ Conditions: parseTemplate(text ?? ''), Mappings }, parameters, pseudo)
    }
    if (error === undefined) expect(decide()).toEqual(result)
    else expect(refusalOf(decide).message).toBe(error)
  })
})
