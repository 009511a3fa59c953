import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { AwsError } from '../aws/aws-error.ts'
import { evaluate } from './evaluate.ts'
import { parseTemplate } from './parse.ts'
import { positionOfMember } from './position.ts'
import type { EvaluationScope, ResourceView } from './scope.ts'
import { refusalOf } from './testing/refusal.ts'
import type { Value } from './value.ts'

interface Case {
  readonly name: string
  readonly value: string
  readonly result?: unknown
  /** What the result waits for; then `result` is the part that is known. */
  readonly unknown?: readonly string[]
  readonly error?: string
}

const cases = parse(
  readFileSync(new URL('../../../test/cases/template/evaluate.yaml', import.meta.url), 'utf8'),
) as readonly Case[]

const resources: Readonly<Record<string, ResourceView>> = {
  Queue: {
    ref: 'queue-url',
    attributes: { Arn: 'arn:queue', 'Endpoint.Address': 'q.example', Outputs: { Url: 'nested' } },
  },
  New: 'unknown',
  Changing: { ref: 'changing-id', attributes: {}, pending: true },
}

const scope: EvaluationScope = {
  parameters: { Name: 'web', Count: '3', Zones: ['a', 'b'], Empty: '', AttributeName: 'Arn' },
  conditions: { IsLarge: true, IsSmall: false },
  mappings: { Regions: { 'eu-central-1': { ami: 'ami-1', zones: ['x', 'y'] } } },
  pseudo: {
    AccountId: '000123456789',
    Region: 'eu-central-1',
    Partition: 'aws',
    StackId: 'arn:aws:cloudformation:eu-central-1:000123456789:stack/web/1',
    StackName: 'web',
    URLSuffix: 'amazonaws.com',
    NotificationARNs: [],
  },
  resource: (logicalId) => (Object.hasOwn(resources, logicalId) ? (resources[logicalId] ?? 'absent') : 'absent'),
  importValue: (name) => (name === 'web-vpc' ? 'vpc-1' : undefined),
  availabilityZones: (region) => [`${region}a`, `${region}b`],
}

describe('evaluate', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { value, result, unknown, error }) => {
    const written = parseTemplate(value).V ?? null
    if (error !== undefined) {
      expect(refusalOf(() => evaluate(written, scope)).message).toBe(error)
      return
    }
    const evaluated = evaluate(written, scope)
    if (unknown === undefined) expect(plain(evaluated)).toEqual({ kind: 'value', value: result })
    else {
      const awaits = unknown.map((path) => {
        const [logicalId, attribute] = path.split('.')
        return attribute === undefined ? { logicalId } : { logicalId, attribute }
      })
      expect(plain(evaluated)).toEqual({ kind: 'unknown', partial: result, awaits })
    }
  })

  it('answers nothing for NoValue alone', () => {
    expect(evaluate({ Ref: 'AWS::NoValue' }, scope)).toEqual({ kind: 'nothing' })
  })

  it('takes a missing import for unknown where the plan says so', () => {
    const evaluated = evaluate({ A: [{ 'Fn::ImportValue': 'nothing' }] }, { ...scope, missingImport: 'unknown' })
    expect(evaluated).toMatchObject({ kind: 'unknown', partial: { A: ['{{changeSet:KNOWN_AFTER_APPLY}}'] } })
  })

  it('says where the refused function stands', () => {
    const template = parseTemplate('A:\n  B:\n    - !GetAtt Queue.Nothing\n', { file: 'x.yaml' })
    expect(() => evaluate(template, scope)).toThrow(
      expect.objectContaining({ position: { file: 'x.yaml', line: 3, column: 15 } }),
    )
  })

  it('keeps the place of members, also where others vanish', () => {
    const template = parseTemplate('A:\n- x\n- !Ref AWS::NoValue\n- !Ref Name\n- {B: !Ref Name}\n')
    const evaluated = evaluate(template.A ?? null, scope)
    if (evaluated.kind !== 'value') throw new Error('not a value')
    expect(plain(evaluated.value)).toEqual(['x', 'web', { B: 'web' }])
    expect(positionOfMember(evaluated.value, 1)).toMatchObject({ line: 4 })
    expect(positionOfMember((evaluated.value as Value[])[2], 'B')).toMatchObject({ line: 5 })
  })
})

describe('evaluate, for any value', () => {
  const names = fc.constantFrom(
    'Name',
    'Zones',
    'Queue',
    'New',
    'Changing',
    'AWS::NoValue',
    'AWS::Region',
    'Nowhere',
    'Yes',
    'No',
  )
  const { tree } = fc.letrec<{ tree: Value }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom<Value>('text', '-', ',', 1, 0, true, 'IsLarge', 'Queue'),
      names.map((Ref) => ({ Ref })),
      fc.tuple(names, fc.constantFrom('Arn', 'Other')).map((path) => ({ 'Fn::GetAtt': path })),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('A', 'B', 'Ref', 'Fn::If'), tie('tree'), { maxKeys: 2 }),
      fc
        .tuple(
          fc.constantFrom(
            'Join',
            'Select',
            'Split',
            'If',
            'Sub',
            'FindInMap',
            'ImportValue',
            'Base64',
            'Cidr',
            'GetAZs',
            'Length',
          ),
          fc.oneof(tie('tree'), fc.array(tie('tree'), { minLength: 2, maxLength: 3 })),
        )
        .map(([name, argument]) => ({ [`Fn::${name}`]: argument })),
    ) as fc.Arbitrary<Value>,
  }))

  it('answers or refuses, and the same each time', () => {
    const outcome = (value: Value) => {
      try {
        return evaluate(value, scope)
      } catch (error) {
        expect(error).toBeInstanceOf(AwsError)
        return String(error)
      }
    }
    fc.assert(
      fc.property(tree, (value) => {
        const before = JSON.stringify(value)
        expect(outcome(value)).toEqual(outcome(value))
        expect(JSON.stringify(value)).toBe(before)
      }),
      {
        numRuns: 1_000,
        // A map that no text can be made of.
        examples: ['Fn::Cidr', 'Fn::GetAtt'].map((name): [Value] => [{ [name]: [Object.create(null), 1] }]),
      },
    )
  })

  it('leaves nothing to evaluate in a value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('A', 'B'), tree), (value) => {
        try {
          const once = evaluate(value, scope)
          if (once.kind === 'value') expect(JSON.stringify(once.value)).not.toMatch(/"Fn::(Join|Split|Select)":/)
        } catch (error) {
          expect(error).toBeInstanceOf(AwsError)
        }
      }),
    )
  })
})

function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
