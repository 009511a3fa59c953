import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { declaredParameters, resolveParameters } from './parameters.ts'
import { parseTemplate } from './parse.ts'
import { refusalOf } from './testing/refusal.ts'

interface Case {
  readonly name: string
  readonly declared: string
  /** A parameter given as null keeps its previous value. */
  readonly given?: Readonly<Record<string, string | null>>
  readonly previous?: Readonly<Record<string, string>>
  readonly ssm?: Readonly<Record<string, string>>
  readonly values?: unknown
  readonly shown?: unknown
  readonly error?: string
}

const text = readFileSync(new URL('../../../test/cases/template/parameters.yaml', import.meta.url), 'utf8')
const cases = parse(text) as readonly Case[]
/** The same cases as templates are read: the text of numbers is kept. */
const written = parseTemplate(`Cases:\n${text}`).Cases as unknown as readonly { readonly declared: never }[]

describe('resolveParameters', () => {
  it.each(cases.map((one, index) => [one.name, one, index] as const))('%s', (_, one, index) => {
    const given = Object.entries(one.given ?? {}).map(([key, value]) =>
      value === null ? { key, usePrevious: true } : { key, value },
    )
    const lookups = one.ssm ? { ssm: (name: string) => one.ssm?.[name] } : {}
    const template = { Parameters: written[index]?.declared ?? {} }
    const resolve = () => resolveParameters(template, given, one.previous ?? {}, lookups)
    if (one.error !== undefined) {
      expect(refusalOf(resolve).message).toBe(one.error)
      return
    }
    expect(resolve().values).toEqual(one.values)
    if (one.shown) expect(resolve().shown).toEqual(one.shown)
  })

  it('keeps what was given for the next update, secrets too', () => {
    const template = parseTemplate('Parameters: { P: { Type: CommaDelimitedList, NoEcho: "true" } }')
    const first = resolveParameters(template, [{ key: 'P', value: 'a, b' }], {})
    expect(first.texts).toEqual({ P: 'a, b' })
    expect(resolveParameters(template, [{ key: 'P', usePrevious: true }], first.texts)).toEqual(first)
  })

  it('refuses a value beside the wish for the previous one', () => {
    const template = parseTemplate('Parameters: { P: { Type: String } }')
    const refusal = refusalOf(() => resolveParameters(template, [{ key: 'P', value: 'x', usePrevious: true }], { P: 'y' }))
    expect(refusal.message).toBe(
      'Invalid input for parameter key P. Cannot specify usePreviousValue as true and non empty value for a parameter',
    )
  })

  it('says where the parameter is declared', () => {
    const template = parseTemplate('Parameters:\n  P:\n    Type: Number\n')
    expect(refusalOf(() => resolveParameters(template, [{ key: 'P', value: 'x' }], {})).position).toEqual({ line: 3, column: 5 })
  })
})

describe('declaredParameters', () => {
  it('reads every member', () => {
    const template = parseTemplate(
      'Parameters: { P: { Type: String, Default: 1.0, NoEcho: true, Description: d, AllowedValues: [1.0, 2], AllowedPattern: x, MinLength: 1, MaxLength: "2", ConstraintDescription: c } }',
    )
    expect(declaredParameters(template)).toEqual([
      {
        key: 'P',
        type: 'String',
        default: '1.0',
        noEcho: true,
        description: 'd',
        allowedValues: ['1.0', '2'],
        allowedPattern: 'x',
        minLength: 1,
        maxLength: 2,
        constraintDescription: 'c',
        position: { line: 1, column: 18 },
      },
    ])
  })
})
