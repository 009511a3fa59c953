import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AwsError } from '../../aws/aws-error.ts'
import { checkTemplate } from '../../template/check.ts'
import { parseTemplate } from '../../template/parse.ts'
import { refusalOf } from '../../template/testing/refusal.ts'
import { replaceAt } from '../../template/testing/replace-at.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { expandTemplate } from '../expand.ts'
import { extendLanguage } from './extend-language.ts'

const surroundings = { parameters: { Names: ['a', 'b'], Stage: 'prod' }, region: 'us-east-1' }
const extend = (template: ValueMap) => extendLanguage(template, surroundings)
const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

const TOO_LARGE = 'Transform AWS::LanguageExtensions failed with: Template may not exceed 1048576 bytes in size.'

describe('loops that stand for more than any machine holds are refused', () => {
  const items = (count: number) => Array.from({ length: count }, (_, index) => `i${index}`)
  const nested = (depth: number, fragment: ValueMap, count: number): ValueMap =>
    depth === 0 ? fragment : { [`Fn::ForEach::L${depth}`]: [`N${depth}`, items(count), nested(depth - 1, fragment, count)] }
  const placeholders = Array.from({ length: 5 }, (_, index) => `\${N${index + 1}}`).join('')

  it.each<[string, ValueMap]>([
    ['resources', { Resources: nested(5, { [`R${placeholders}`]: { Type: 'T' } }, 1_000) }],
    ['properties', { Resources: { A: { Type: 'T', Properties: nested(5, { [placeholders]: 'x' }, 1_000) } } }],
    ['nothing, again and again', { Resources: { A: { Type: 'T', Properties: nested(5, {}, 1_000) } } }],
    ['long names', { Resources: nested(1, { [`R\${N1}${'x'.repeat(100_000)}`]: { Type: 'T' } }, 1_000) }],
    ['long values', { Resources: nested(1, { 'R${N1}': { Type: 'T', Properties: { V: 'x'.repeat(100_000) } } }, 1_000) }],
    [
      'texts put together',
      {
        Resources: {
          A: { Type: 'T', Properties: { V: items(1_000).map(() => ({ 'Fn::Join': ['x'.repeat(1_000), items(1_000)] })) } },
        },
      },
    ],
    [
      'a mapping, again and again',
      {
        Mappings: { M: { a: { b: items(10_000) } } },
        Resources: { A: { Type: 'T', Properties: { V: items(1_000).map(() => ({ 'Fn::FindInMap': ['M', 'a', 'b'] })) } } },
      },
    ],
    [
      'JSON in JSON, whose marks double each time',
      {
        Resources: {
          A: { Type: 'T', Properties: { V: items(60).reduce<Value>((inner) => ({ 'Fn::ToJsonString': [inner] }), '"') } },
        },
      },
    ],
  ])('%s', (_what, template) => {
    expect(refusalOf(() => extend(template)).message).toBe(TOO_LARGE)
  })

  it('and a text of a million openings without an end is only text', () => {
    const text = '${'.repeat(500_000)
    expect(plain(extend({ Resources: { A: { Type: 'T', Properties: { V: { 'Fn::Sub': text } } } } }))).toEqual({
      Resources: { A: { Type: 'T', Properties: { V: text } } },
    })
  })
})

describe('a loop', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9]{1,4}$/)

  it('makes what its turns make, one after the other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name), fc.uniqueArray(name), (outer, inner) => {
        const template: ValueMap = {
          Resources: {
            Fixed: { Type: 'T' },
            'Fn::ForEach::L': [
              'A',
              outer,
              {
                'x${A}x': {
                  Type: 'T',
                  Properties: { P: { 'Fn::ForEach::M': ['B', inner, { '${B}': { 'Fn::Sub': '${A}${B}' } }] } },
                },
              },
            ],
          },
        }
        const turn = (a: string) => ({ Type: 'T', Properties: { P: Object.fromEntries(inner.map((b) => [b, a + b])) } })
        const expected = { Fixed: { Type: 'T' }, ...Object.fromEntries(outer.map((a) => [`x${a}x`, turn(a)])) }
        expect(plain(extend(template)['Resources'])).toEqual(expected)
      }),
    )
  })
})

describe('whatever a template is', () => {
  const valid = parseTemplate(`
Transform: AWS::LanguageExtensions
Parameters: { Names: { Type: CommaDelimitedList }, Stage: { Type: String }, Secret: { Type: String, NoEcho: true } }
Mappings: { M: { prod: { Size: 1 } } }
Conditions:
  Fn::ForEach::Cs: [C, [X, Y], { 'Is\${C}': !Equals [!Ref C, X] }]
  Sure: !And [!Condition IsX, !Not [!Equals [!Ref Secret, { Fn::Length: !Ref Names }]]]
Resources:
  Fn::ForEach::Outer:
    - A
    - !Ref Names
    - Fn::ForEach::Inner: [B, [!Sub '\${A}1', '2'], { 'R\${A}&{B}': { Type: T, DeletionPolicy: !If [IsX, Retain, Delete], Condition: !Sub 'IsX' } }]
      'S\${A}':
        Type: T
        Properties:
          Json: { Fn::ToJsonString: { a: [!Ref A, !GetAtt T.Arn], b: !FindInMap [M, !Ref Stage, X, { DefaultValue: !Ref AWS::NoValue }] } }
          Fn::ForEach::Ps: [[P, Q], [[a, 1], [b, 2]], { 'V\${P}': !Select [0, [!Ref Q, !Ref T]] }]
  T: { Type: T, DependsOn: [Sa], Properties: { V: !Join ['-', !Split [',', !Sub '\${Stage},x']], W: !If [Sure, !Base64 x, !Ref Sa] } }
Outputs:
  Fn::ForEach::Os: [O, !Ref Names, { 'O\${O}': { Value: !GetAtt [!Sub 'S\${O}', Arn], Condition: Sure } }]
`)
  const names = fc.constantFrom('A', 'Names', 'Stage', 'Secret', 'T', 'Sure', 'Nowhere', 'AWS::NoValue', 'AWS::StackName')
  const functions = fc.constantFrom(
    'ForEach::Outer',
    'ForEach::New',
    'ForEach::',
    'Length',
    'ToJsonString',
    'FindInMap',
    'If',
    'Sub',
    'Join',
    'Split',
    'Select',
    'GetAtt',
    'Base64',
    'Transform',
    'And',
    'Magic',
  )
  const { junk } = fc.letrec<{ junk: Value }>((tie) => ({
    junk: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Value>(null, '', 'text', '${A}', '${', 0, -1, true, 'Condition', '__proto__'),
      names.map((Ref) => ({ Ref })),
      fc.array(tie('junk'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('a', 'Name', 'Condition', 'Type', '${A}', 'Fn::ForEach::X', 'DefaultValue'), tie('junk'), {
        maxKeys: 2,
        noNullPrototype: true,
      }),
      fc
        .tuple(functions, fc.oneof(tie('junk'), fc.array(tie('junk'), { minLength: 2, maxLength: 3 })))
        .map(([called, argument]) => ({
          [`Fn::${called}`]: argument,
        })),
    ) as fc.Arbitrary<Value>,
  }))

  it('it is extended or refused in the words of AWS, the same each time, and left as it was', () => {
    const outcome = (template: ValueMap) => {
      try {
        const extended = expandTemplate({ ...surroundings, template, snippet: () => 'A: { Type: T }' })
        checkTemplate(extended)
        if (template['Transform'] === valid['Transform'])
          expect(JSON.stringify(extended['Resources'])).not.toMatch(/"Fn::(ForEach::[^"]*|Length|ToJsonString)":/)
        return plain(extended)
      } catch (error) {
        expect(error).toBeInstanceOf(AwsError)
        return String(error)
      }
    }
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), junk, (path, value) => {
        const changed = replaceAt(valid, path, value)
        if (!isMap(changed)) return
        const before = JSON.stringify(changed)
        expect(outcome(changed)).toEqual(outcome(changed))
        expect(JSON.stringify(changed)).toBe(before)
      }),
      { numRuns: 5_000 },
    )
  })

  it('and valid as it is', () => {
    const extended = extend(valid)
    expect(Object.keys(extended['Resources'] ?? {})).toEqual(['Raa1', 'Ra2', 'Sa', 'Rbb1', 'Rb2', 'Sb', 'T'])
    expect(plain(extended['Outputs'])).toMatchObject({ Oa: { Value: { 'Fn::GetAtt': ['Sa', 'Arn'] } } })
  })
})
