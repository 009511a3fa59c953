import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { AwsError } from '../aws/aws-error.ts'
import { checkTemplate } from './check.ts'
import { parseTemplate } from './parse.ts'
import { refusalOf } from './testing/refusal.ts'
import { replaceAt } from './testing/replace-at.ts'
import { isMap, type Value, type ValueMap } from './value.ts'

interface Case {
  readonly name: string
  readonly template: string
  readonly error?: string
  readonly at?: string
}

const cases = parse(readFileSync(new URL('../../../test/cases/template/check.yaml', import.meta.url), 'utf8')) as readonly Case[]

describe('checkTemplate', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { template, error, at }) => {
    const read = parseTemplate(template)
    if (error === undefined) {
      checkTemplate(read)
      return
    }
    const refusal = refusalOf(() => checkTemplate(read))
    expect(refusal.message).toBe(error)
    if (at !== undefined) expect(`${refusal.position?.line}:${refusal.position?.column}`).toBe(at)
  })

  it.each([
    ['Resources', 500, 'Number of resources, 501, is greater than maximum allowed, 500'],
    ['Parameters', 200, 'Number of parameters, 201, is greater than maximum allowed, 200'],
    ['Outputs', 200, 'Number of outputs, 201, is greater than maximum allowed, 200'],
  ])('counts %s', (section, most, message) => {
    const member: ValueMap = section === 'Outputs' ? { Value: 'x' } : { Type: 'String' }
    const template = (count: number): ValueMap => ({
      Resources: { A: { Type: 'T' } },
      [section]: Object.fromEntries(Array.from({ length: count }, (_, index) => [`M${index}`, member])),
    })
    checkTemplate(template(most))
    expect(refusalOf(() => checkTemplate(template(most + 1))).message).toBe(`Template format error: ${message}`)
  })

  it('accepts or refuses whatever a valid template is changed into, with AWS errors only', () => {
    const valid = parseTemplate(cases[1]?.template ?? '')
    const junk = fc.constantFrom<Value>(null, 'x', 1, true, [], {}, [[]], { Ref: 'A' }, { 'Fn::If': 1 }, { Condition: 'One' })
    fc.assert(
      fc.property(fc.array(fc.nat()), junk, (path, value) => {
        const changed = replaceAt(valid, path, value)
        try {
          if (isMap(changed)) checkTemplate(changed)
        } catch (error) {
          expect(error).toBeInstanceOf(AwsError)
        }
      }),
      { numRuns: 3_000 },
    )
  })
})
