import { describe, expect, it } from 'vitest'
import type { Value } from '../../template/value.ts'
import { filled } from './variables.ts'

const VALUES: Record<string, Value> = {
  'Source.Arn': { 'Fn::GetAtt': ['Queue', 'Arn'] },
  'Source.ResourceId': 'abc',
  'Source.Qualifier': 'prod/*',
}
const valueFor = (variable: string) => VALUES[variable] ?? `no ${variable}`

describe('what a profile names', () => {
  it.each<[string, Value, Value]>([
    ['alone is replaced by its value', '%{Source.Arn}', { 'Fn::GetAtt': ['Queue', 'Arn'] }],
    [
      'inside other text becomes a variable of Fn::Sub',
      '%{Source.Arn}/stream/*',
      { 'Fn::Sub': ['${SourceArn}/stream/*', { SourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }] },
    ],
    [
      'beside pseudo parameters leaves them to Fn::Sub',
      'api:${AWS::Region}:%{Source.ResourceId}/%{Source.Qualifier}',
      {
        'Fn::Sub': [
          'api:${AWS::Region}:${SourceResourceId}/${SourceQualifier}',
          { SourceResourceId: 'abc', SourceQualifier: 'prod/*' },
        ],
      },
    ],
    [
      'twice in one text is one variable',
      '%{Source.ResourceId}-%{Source.ResourceId}',
      { 'Fn::Sub': ['${SourceResourceId}-${SourceResourceId}', { SourceResourceId: 'abc' }] },
    ],
    ['may be pseudo parameters only', '${AWS::AccountId}', { 'Fn::Sub': '${AWS::AccountId}' }],
    ['may be nothing', 'lambda:InvokeFunction', 'lambda:InvokeFunction'],
    ['is found at any depth', { a: [{ b: '%{Source.ResourceId}' }], c: true }, { a: [{ b: 'abc' }], c: true }],
  ])('%s', (_name, value, expected) => {
    expect(filled(value, valueFor)).toEqual(expected)
  })

  it('is a copy each time, as what stands in one place of a template may be rewritten', () => {
    const [one, two] = filled(['%{Source.Arn}', '%{Source.Arn}'], valueFor) as [Value, Value]
    expect(one).not.toBe(two)
    expect(one).not.toBe(VALUES['Source.Arn'])
  })
})
