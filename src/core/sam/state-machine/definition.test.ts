import { describe, expect, it } from 'vitest'
import { parseTemplate } from '../../template/parse.ts'
import type { ValueMap } from '../../template/value.ts'
import { plain } from '../testing/transformed.ts'
import { definitionText } from './definition.ts'

const made = (definition: string) => {
  const { text, substitutions } = definitionText(parseTemplate(`Definition: ${definition}`)['Definition'] as ValueMap)
  return {
    text: (plain(text) as { 'Fn::Join': [string, string[]] })['Fn::Join'][1].join('\n'),
    substitutions: plain(substitutions),
  }
}

describe('the text of a definition', () => {
  it.each([
    [
      'keys in their order as text',
      '{ b: 1, "10": 1, "9": 1, B: 1 }',
      '{\n    "10": 1,\n    "9": 1,\n    "B": 1,\n    "b": 1\n}',
    ],
    ['what is empty on one line', '{ a: [], b: {} }', '{\n    "a": [],\n    "b": {}\n}'],
    ['what is nested further in', '{ a: [{ b: 1 }] }', '{\n    "a": [\n        {\n            "b": 1\n        }\n    ]\n}'],
    ['letters beyond ASCII by their numbers', '{ a: "é\\n" }', '{\n    "a": "\\u00e9\\n"\n}'],
    ['a number with a point as one', '{ a: 2.0 }', '{\n    "a": 2.0\n}'],
    ['a tiny number as Python does', '{ a: 0.0000001 }', '{\n    "a": 1e-07\n}'],
    ['nothing, and flags', '{ a: null, b: true }', '{\n    "a": null,\n    "b": true\n}'],
  ])('has %s', (_name, definition, expected) => {
    expect(made(definition)).toEqual({ text: expected, substitutions: {} })
  })

  it('has names for what is known only when the stack is made', () => {
    const { text, substitutions } = made('{ z: !Ref Late, a: [x, "{{resolve:ssm:name:1}}", "not {{resolve:ssm:name}}"] }')
    expect(text).toContain('"z": "${definition_substitution_2}"')
    expect(text).toContain('"not {{resolve:ssm:name}}"')
    expect(substitutions).toEqual({
      definition_substitution_1: '{{resolve:ssm:name:1}}',
      definition_substitution_2: { Ref: 'Late' },
    })
  })
})
