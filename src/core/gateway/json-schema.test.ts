import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileSchema } from './json-schema.ts'

const OTHER = 'https://apigateway.amazonaws.com/restapis/abcdef1234/models'
const models = {
  Status: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
  Tree: { type: 'object', properties: { children: { type: 'array', items: { $ref: `${OTHER}/Tree` } } }, required: ['children'] },
}

const CASES: readonly (readonly [what: string, schema: unknown, fitting: readonly unknown[], others: readonly unknown[]])[] = [
  ['a type', { type: 'integer' }, [1, -2], [1.5, '1', null]],
  ['one of several types', { type: ['string', 'null'] }, ['a', null], [1]],
  ['listed values', { enum: [1, { a: [2] }] }, [1, { a: [2] }], [2, { a: [3] }]],
  ['required members', { required: ['a'] }, [{ a: null }, 'no map'], [{}, { b: 1 }]],
  ['members', { properties: { a: { type: 'number' } } }, [{ a: 1 }, { b: 'x' }, {}], [{ a: 'x' }]],
  ['no others', { properties: { a: {} }, additionalProperties: false }, [{ a: 1 }], [{ b: 1 }]],
  ['others of a kind', { additionalProperties: { type: 'string' } }, [{ b: 'x' }], [{ b: 1 }]],
  [
    'members by pattern',
    { patternProperties: { '^x-': { type: 'string' } }, additionalProperties: false },
    [{ 'x-a': 'b' }],
    [{ 'x-a': 1 }, { a: 'b' }],
  ],
  ['bounds', { minimum: 1, maximum: 3 }, [1, 3, 'x'], [0, 4]],
  ['bounds that are not reached', { minimum: 1, exclusiveMinimum: true }, [2], [1]],
  ['multiples', { multipleOf: 3 }, [0, 9], [4]],
  ['lengths, in characters', { minLength: 2, maxLength: 2 }, ['ab', '🙂🙂'], ['a', 'abc']],
  ['a pattern anywhere', { pattern: 'b+' }, ['abc', 1], ['ac']],
  ['a pattern that is none', { pattern: '(' }, ['anything'], []],
  ['items', { items: { type: 'number' }, minItems: 1, uniqueItems: true }, [[1, 2]], [[], ['x'], [1, 1]]],
  ['items by place', { items: [{ type: 'string' }], additionalItems: false }, [['a'], []], [[1], ['a', 'b']]],
  ['all of them', { allOf: [{ minimum: 1 }, { maximum: 2 }] }, [1, 2], [0, 3]],
  ['any of them', { anyOf: [{ type: 'null' }, { type: 'string' }] }, [null, 'a'], [1]],
  ['exactly one of them', { oneOf: [{ minimum: 1 }, { maximum: 2 }] }, [0, 3], [1, 2]],
  ['not that', { not: { type: 'string' } }, [1], ['a']],
  [
    'dependencies',
    { dependencies: { a: ['b'], c: { required: ['d'] } } },
    [
      { a: 1, b: 1 },
      { c: 1, d: 1 },
    ],
    [{ a: 1 }, { c: 1 }],
  ],
  ['another model', { oneOf: [{ type: 'null' }, { $ref: `${OTHER}/Status` }] }, [null, { name: 'x' }], [{}, { name: 1 }]],
  ['a model of itself', { $ref: `${OTHER}/Tree` }, [{ children: [{ children: [] }] }], [{ children: [{}] }]],
  ['its own definitions', { definitions: { 'a/b': { type: 'null' } }, items: { $ref: '#/definitions/a~1b' } }, [[null]], [[1]]],
  ['a definition of another model', { $ref: `${OTHER}/Status#/properties/name` }, ['x'], [1]],
  ['a place in a list', { anyOf: [{ type: 'null' }], items: { $ref: '#/anyOf/0' } }, [null], [[null], [1]]],
  ['a name with a space', { definitions: { 'a b': { type: 'null' } }, items: { $ref: '#/definitions/a%20b' } }, [[null]], [[1]]],
  ['a reference and nothing beside it', { items: { $ref: `${OTHER}/Status`, maxProperties: 0 } }, [[{ name: 'x' }]], [[{}]]],
  ['a model that is missing', { $ref: `${OTHER}/None` }, [], [null, {}]],
  ['a definition that is missing', { items: { $ref: '#/definitions/none' } }, [[]], [[1]]],
  ['a reference to itself alone', { $ref: '#' }, [], [null, {}]],
  ['a format, which is not checked', { format: 'email', items: { format: 'uri' } }, ['no address', ['no uri']], []],
  ['a keyword of a later draft', { const: 1, id: 'http://example.com/a', contains: false }, [2, [1]], []],
  [
    'members with names of keywords',
    { properties: { format: { type: 'string' }, id: { type: 'null' }, $ref: { type: 'null' }, enum: { type: 'null' } } },
    [{ format: 'x', id: null, $ref: null, enum: null }],
    [{ format: 1 }, { id: 1 }, { $ref: 1 }, { enum: 1 }],
  ],
  [
    'dependencies of members with names of keywords',
    {
      dependencies: { id: { $ref: '#/definitions/a' }, $ref: ['b'] },
      items: { dependencies: { id: { minProperties: 2 } } },
      definitions: { a: { required: ['b'] } },
    },
    [{ id: 1, b: 1 }, {}, [{ id: 1, c: 2 }]],
    [{ id: 1 }, { $ref: 1 }, [{ id: 1 }]],
  ],
  [
    'a member by its own name only',
    { required: ['toString'], properties: { constructor: { type: 'null' } } },
    [{ toString: 1 }],
    [{}],
  ],
  ['lists of names that are none', { required: true }, ['no map'], [{}]],
]

const KEYWORDS = [
  ...['$ref', 'id', 'type', 'enum', 'required', 'pattern', 'minLength', 'multipleOf', 'minimum', 'format'],
  ...['items', 'additionalItems', 'properties', 'patternProperties', 'additionalProperties', 'dependencies'],
  ...['allOf', 'anyOf', 'oneOf', 'not', 'definitions'],
]
/** Maps of keywords, whatever they hold. */
const keywordMaps = fc.object({
  key: fc.constantFrom(...KEYWORDS),
  values: [fc.jsonValue(), fc.constantFrom('#', '#/not', '#/items/0', '#/%', 'string', 'object', `${OTHER}/Any`, '(', '\uD800')],
  maxDepth: 4,
})

describe('a schema asks for', () => {
  it.each(CASES)('%s', (_what, schema, fitting, others) => {
    const fits = compileSchema(schema, models)
    expect(fitting.filter((value) => !fits(value))).toEqual([])
    expect(others.filter((value) => fits(value))).toEqual([])
  })

  it('is answered for any schema and value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), keywordMaps), fc.oneof(fc.jsonValue(), keywordMaps), (schema, value) => {
        expect(typeof compileSchema(schema, { Any: schema })(value)).toBe('boolean')
      }),
    )
  })

  it('an empty schema, nothing', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => compileSchema({}, {})(value)))
  })
})
