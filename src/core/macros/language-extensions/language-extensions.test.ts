import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { resolveParameters } from '../../template/parameters.ts'
import { parseTemplate } from '../../template/parse.ts'
import { refusalOf } from '../../template/testing/refusal.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { expandTemplate } from '../expand.ts'

interface Case {
  readonly name: string
  readonly template: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly result?: Readonly<Record<string, Value>>
  /** The names of the resources, in order. */
  readonly keys?: readonly string[]
  /** Sections that must not be there. */
  readonly absent?: readonly string[]
  readonly error?: string
  readonly at?: string
}

function casesOf<T>(name: string): readonly (readonly [string, T])[] {
  const text = readFileSync(new URL(`../../../../test/cases/macros/${name}.yaml`, import.meta.url), 'utf8')
  return (parse(text) as readonly (T & { readonly name: string })[]).map((one) => [one.name, one] as const)
}

function expanded(text: string, parameters: Readonly<Record<string, string>> = {}): ValueMap {
  const template = parseTemplate(`Transform: AWS::LanguageExtensions\n${text}`)
  const given = Object.entries(parameters).map(([key, value]) => ({ key, value }))
  return expandTemplate({
    template,
    parameters: resolveParameters(template, given, {}).values as Record<string, Value>,
    region: 'us-east-1',
    pseudo: { AccountId: '111122223333', StackName: 'shop', NotificationARNs: [] },
  })
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? null))

/** Refusals of the template language itself have no transform's name in front. */
const said = (error: string) =>
  error.startsWith('Template ') ? error : `Transform AWS::LanguageExtensions failed with: ${error}`

describe.each(['for-each', 'definitions'])('AWS::LanguageExtensions: %s', (file) => {
  it.each(casesOf<Case>(file))('%s', (_, { template, parameters, result = {}, keys, absent = [], error, at }) => {
    if (error !== undefined) {
      const refusal = refusalOf(() => expanded(template, parameters))
      expect(refusal.message).toBe(said(error))
      if (at !== undefined) expect(`${refusal.position?.line}:${refusal.position?.column}`).toBe(at)
      return
    }
    const made = expanded(template, parameters)
    for (const [section, expected] of Object.entries(result)) expect(plain(made[section])).toEqual(plain(expected))
    if (keys) expect(Object.keys(made['Resources'] ?? {})).toEqual(keys)
    for (const section of [...absent, 'Transform']) expect(made).not.toHaveProperty(section)
  })
})

describe('AWS::LanguageExtensions: functions', () => {
  const around = (value: string) => `
Parameters:
  Stage: { Type: String, Default: prod }
  List: { Type: CommaDelimitedList, Default: 'a,b' }
  Empty: { Type: CommaDelimitedList, Default: '' }
  Secret: { Type: String, Default: hush, NoEcho: true }
  Unset: { Type: String }
Mappings: { M: { prod: { Size: 1, Sizes: [1, 2, 3] } } }
Conditions:
  Holds: !Equals [a, a]
  Fails: !Equals [a, b]
  Unsure: !Equals [!Ref Secret, b]
Resources:
  Other: { Type: T }
  R: { Type: T, Properties: { ${value} } }
`

  it.each(casesOf<{ value: string; result?: Value; error?: string; at?: string }>('functions'))(
    '%s',
    (_, { value, result = null, error, at }) => {
      const template = parseTemplate(`Transform: AWS::LanguageExtensions${around(value)}`)
      const values = { Stage: 'prod', List: ['a', 'b'], Empty: [], Secret: 'hush' }
      const expand = () =>
        expandTemplate({
          template,
          parameters: values,
          region: 'us-east-1',
          pseudo: { AccountId: '111122223333', StackName: 'shop', NotificationARNs: [] },
        })
      if (error !== undefined) {
        const refusal = refusalOf(expand)
        expect(refusal.message).toBe(said(error))
        expect(refusal.position?.line).toBe(15)
        if (at !== undefined) expect(`${refusal.position?.line}:${refusal.position?.column}`).toBe(at)
        return
      }
      const resources = expand()['Resources']
      const resource = isMap(resources) ? resources['R'] : undefined
      expect(plain(resource)).toEqual({ Type: 'T', Properties: result === null ? {} : { V: plain(result) } })
    },
  )
})
