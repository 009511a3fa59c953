import type { ResourceSchema } from '../schema.ts'

/** A resource type with a property of every kind. */
export const thing: ResourceSchema<unknown> = {
  type: 'AWS::Test::Thing',
  properties: {
    Name: { type: { kind: 'string' }, replaces: 'always' },
    Kind: { type: { kind: 'string' }, replaces: 'conditionally' },
    Text: { type: { kind: 'string' } },
    Count: { type: { kind: 'integer' } },
    Share: { type: { kind: 'number' } },
    Flag: { type: { kind: 'boolean' } },
    Names: { type: { kind: 'list', of: { kind: 'string' } } },
    Map: { type: { kind: 'map', of: { kind: 'string' } } },
    Json: { type: { kind: 'json' } },
    Mode: { type: { kind: 'string' }, allowed: ['on', 'off'] },
    Rule: { type: { kind: 'definition', name: 'Rule' } },
    Rules: { type: { kind: 'list', of: { kind: 'definition', name: 'Rule' } } },
    Frozen: { type: { kind: 'definition', name: 'Rule' }, replaces: 'always' },
    Tags: { type: { kind: 'list', of: { kind: 'tag' } } },
    Either: { type: { kind: 'union', of: [{ kind: 'list', of: { kind: 'string' } }, { kind: 'string' }] } },
  },
  required: [],
  attributes: ['Arn'],
  definitions: {
    Rule: {
      Port: { type: { kind: 'integer' }, required: true },
      Names: { type: { kind: 'list', of: { kind: 'string' } } },
      Fixed: { type: { kind: 'integer' }, replaces: 'always' },
    },
  },
}
