import { describe, expect, it } from 'vitest'
import { schema as stageSchema } from '#services/schemas/apigateway-stage.ts'
import { registry } from '#services/schemas/registry.ts'
import { readRegisteredType } from './registered-type.ts'

describe('readRegisteredType', () => {
  it.each<[short: unknown, expected: object]>([
    ['s', { type: { kind: 'string' } }],
    ['!s', { type: { kind: 'string' }, required: true }],
    ['!*i', { type: { kind: 'integer' }, required: true, replaces: 'always' }],
    ['~b', { type: { kind: 'boolean' }, replaces: 'conditionally' }],
    ['[t', { type: { kind: 'list', of: { kind: 'tag' } } }],
    ['{[#Rule', { type: { kind: 'map', of: { kind: 'list', of: { kind: 'definition', name: 'Rule' } } } }],
    [
      '(j|((n|d)|s))',
      {
        type: {
          kind: 'union',
          of: [
            { kind: 'json' },
            { kind: 'union', of: [{ kind: 'union', of: [{ kind: 'number' }, { kind: 'date-time' }] }, { kind: 'string' }] },
          ],
        },
      },
    ],
    [['*s', 'on', 'off'], { type: { kind: 'string' }, replaces: 'always', allowed: ['on', 'off'] }],
  ])('reads the property %j', (short, expected) => {
    const { schema } = readRegisteredType('AWS::Test::Thing', JSON.stringify({ properties: { P: short } }))
    expect(schema).toEqual({
      type: 'AWS::Test::Thing',
      properties: { P: expected },
      required: 'required' in expected ? ['P'] : [],
      attributes: [],
      definitions: {},
    })
  })

  it('refuses what the generator does not write', () => {
    expect(() => readRegisteredType('T', '{"properties":{"P":"?"}}')).toThrow('the registry has no type `?`')
  })

  it('reads every type that CloudFormation knows', () => {
    const types = Object.entries(registry).map(([type, entry]) => readRegisteredType(type, entry))
    expect(types.length).toBeGreaterThan(1_500)
    for (const { schema, identifiers, attributes } of types) {
      expect(schema.attributes, schema.type).toEqual(Object.keys(attributes))
      expect(
        identifiers.every((part) => part.length > 0),
        schema.type,
      ).toBe(true)
    }
  })

  it('reads the same schema as that of a type that is implemented', () => {
    const { schema } = readRegisteredType(stageSchema.type, registry[stageSchema.type] ?? '')
    expect(sorted(schema)).toEqual(sorted(stageSchema))
  })
})

/** Alternatives of a union and names of attributes have no order. */
const sorted = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, member: unknown) =>
    Array.isArray(member) ? member.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : member,
  )
