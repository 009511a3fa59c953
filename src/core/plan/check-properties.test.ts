import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseTemplate } from '../template/parse.ts'
import { positionOfMember } from '../template/position.ts'
import { refusalOf } from '../template/testing/refusal.ts'
import type { ValueMap } from '../template/value.ts'
import { checkProperties } from './check-properties.ts'
import { coerceProperties } from './coerce.ts'
import { thing } from './testing/thing.ts'

interface Case {
  readonly name: string
  readonly properties: ValueMap
  readonly required?: readonly string[]
  readonly honours?: readonly string[]
  readonly refuses?: readonly string[]
  readonly result?: unknown
  readonly findings?: readonly string[]
}

const text = readFileSync(new URL('../../../test/cases/plan/convert.yaml', import.meta.url), 'utf8')
// Read as a template is, so that numbers keep their text.
const cases = parseTemplate(`Cases:\n${text}`, { file: 'convert.yaml' }).Cases as unknown as readonly Case[]

const definition = (properties: ValueMap) => ({
  logicalId: 'R',
  type: thing.type,
  properties,
  dependsOn: [],
  deletionPolicy: 'Delete' as const,
  updateReplacePolicy: 'Delete' as const,
})

describe('checkProperties and coerceProperties', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { properties, result, findings = [], ...given }) => {
    const schema = { ...thing, required: given.required ?? [] }
    const honours = given.honours ?? Object.keys(thing.properties)
    const found = checkProperties(definition(properties), schema, { honours, refuses: given.refuses ?? [] })
    expect(found.map(({ kind, path, message }) => `${kind} ${path} ${message}`)).toEqual([...findings])
    if (result !== undefined) expect(plain(coerceProperties(properties, schema))).toEqual(plain(result))
    if (found[0]?.kind === 'type')
      expect(refusalOf(() => coerceProperties(properties, schema)).message).toBe(
        `Property validation failure: [${found[0].message}]`,
      )
  })

  it('says where each finding stands', () => {
    const properties = parseTemplate('Count: x\nRules:\n  - Port: 1\n  - Prot: 2\n', { file: 't.yaml' })
    const found = checkProperties(definition(properties), thing, { honours: ['Count'], refuses: ['Rules.Prot'] })
    expect(found.map(({ kind, position }) => `${kind} ${position?.file}:${position?.line}`)).toEqual([
      'type t.yaml:1',
      'unknown-property t.yaml:4',
      'missing t.yaml:4',
      'unsupported t.yaml:3',
      'unsupported t.yaml:4',
    ])
  })

  it('judges values by the limits of the type, unless a function has yet to choose them', () => {
    const limits = {
      Text: (value: unknown) => (value === 'best' ? 'the best there is not' : undefined),
      'Rules.Port': (value: unknown) => (value === 1 ? 'not that port' : undefined),
    }
    const judged = (text: string) =>
      checkProperties(definition(parseTemplate(text)), thing, { honours: Object.keys(thing.properties), limits }).map(
        ({ kind, property, message }) => `${kind} ${property.join('.')}: ${message}`,
      )
    expect(judged('Text: best\nRules: [{Port: 2}, {Port: 1}]')).toEqual([
      'unsupported-value Text: the best there is not',
      'unsupported-value Rules.1.Port: not that port',
    ])
    expect(judged('Text: good')).toEqual([])
    expect(judged('Text: {Ref: Quality}')).toEqual([])
    expect(judged('Rules: {Fn::If: [Here, [{Port: 1}], []]}')).toEqual([])
  })

  it('keeps the places of what it turns', () => {
    const properties = parseTemplate('Rules:\n  - Port: "1"\nNames: 5\n')
    const { Rules, Names } = coerceProperties(properties, thing)
    expect(positionOfMember((Rules as unknown[])[0], 'Port')).toMatchObject({ line: 2 })
    expect(positionOfMember(Names, 0)).toMatchObject({ line: 3 })
  })
})

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
