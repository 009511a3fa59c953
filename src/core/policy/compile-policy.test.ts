import { describe, expect, it } from 'vitest'
import { compilePolicy, validatePolicy } from './compile-policy.ts'

const allow = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }
const policyOf = (statement: unknown) => ({ Version: '2012-10-17', Statement: [statement] })
const { Principal: _, ...nobody } = allow

const INVALID: readonly (readonly [string, unknown, string])[] = [
  ['no map', 'text', ''],
  ['a list', [], ''],
  ['no statement', { Version: '2012-10-17' }, '/Statement'],
  ['an empty list of statements', { Version: '2012-10-17', Statement: [] }, '/Statement'],
  ['an unknown version', { Version: '2020-01-01', Statement: [allow] }, '/Version'],
  ['an unknown key', { ...policyOf(allow), Statements: [] }, '/Statements'],
  ['a statement that is a text', policyOf('x'), '/Statement/0'],
  ['an unknown key of a statement', policyOf({ ...allow, Resources: '*' }), '/Statement/0/Resources'],
  ['an effect in small letters', policyOf({ ...allow, Effect: 'allow' }), '/Statement/0/Effect'],
  ['no principal', policyOf(nobody), '/Statement/0'],
  ['both principals', policyOf({ ...allow, NotPrincipal: '*' }), '/Statement/0'],
  ['a principal that is a name', policyOf({ ...allow, Principal: 'ada' }), '/Statement/0/Principal'],
  ['a principal of no kind', policyOf({ ...allow, Principal: {} }), '/Statement/0/Principal'],
  ['an unknown kind of principal', policyOf({ ...allow, Principal: { Aws: '*' } }), '/Statement/0/Principal'],
  ['a principal that is no ARN', policyOf({ ...allow, Principal: { AWS: 'ada' } }), '/Statement/0/Principal'],
  [
    'a principal that is a policy',
    policyOf({ ...allow, Principal: { AWS: 'arn:aws:iam::aws:policy/x' } }),
    '/Statement/0/Principal',
  ],
  ['no action', policyOf({ ...allow, Action: [] }), '/Statement/0/Action'],
  ['an action without service', policyOf({ ...allow, Action: 'Invoke' }), '/Statement/0/Action'],
  ['a resource that is no ARN', policyOf({ ...allow, Resource: 'entities' }), '/Statement/0/Resource'],
  ['an unknown operator', policyOf({ ...allow, Condition: { StringIs: { a: 'b' } } }), '/Statement/0/Condition/StringIs/a'],
  [
    'a value that is no range',
    policyOf({ ...allow, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } } }),
    '/Statement/0/Condition/IpAddress/aws:SourceIp',
  ],
  [
    'a value that is no number',
    policyOf({ ...allow, Condition: { NumericEquals: { 'aws:EpochTime': 'soon' } } }),
    '/Statement/0/Condition/NumericEquals/aws:EpochTime',
  ],
  [
    'a value that is a map',
    policyOf({ ...allow, Condition: { StringEquals: { 'aws:SourceVpce': { Ref: 'X' } } } }),
    '/Statement/0/Condition/StringEquals/aws:SourceVpce',
  ],
  ['a condition without keys', policyOf({ ...allow, Condition: { StringEquals: 'x' } }), '/Statement/0/Condition/StringEquals'],
]

describe('validatePolicy', () => {
  it.each(INVALID)('refuses %s', (_name, document, pointer) => {
    expect(validatePolicy(document)[0]?.pointer).toBe(pointer)
    expect(() => compilePolicy(document)).toThrow(expect.objectContaining({ code: 'MalformedPolicyDocument' }))
  })

  it('reports every problem, not only the first', () => {
    expect(validatePolicy(policyOf({ ...allow, Effect: 'x', Action: 'y', Principal: 'z' }))).toHaveLength(3)
  })
})

describe('compilePolicy', () => {
  it('keeps where statements and conditions were written', () => {
    const Statement = [{ ...allow, Sid: 'Only', Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }]
    const sources = {
      '/Statement/0': { line: 7, column: 3 },
      '/Statement/0/Condition/StringEquals/aws:SourceVpce': { line: 12, column: 9 },
    }
    const [statement] = compilePolicy({ Statement }, { sources, stack: 'service' }).statements
    expect(statement).toMatchObject({ sid: 'Only', index: 0, source: { line: 7, column: 3, stack: 'service' } })
    expect(statement?.conditions[0]?.source).toEqual({ line: 12, column: 9, stack: 'service' })
  })
})
