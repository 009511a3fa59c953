import { describe, expect, it } from 'vitest'
import { problemsOf, readPolicy } from './policy.ts'
import { transform } from './sam.ts'
import { AwsError, parse, positionOfMember } from './template.ts'

describe('transform', () => {
  it.each([
    ['no text', '', 'Template format error: unsupported structure.'],
    ['no YAML', 'A: [', 'Template format error: YAML not well-formed. (line 1, column 5)'],
    ['no template', 'A: 1', "Structure of the SAM template is invalid. 'Resources' section is required"],
    [
      'a macro that there is not',
      'Transform: Castle\nResources: {A: {Type: AWS::S3::Bucket}}',
      'No transform named Castle found.',
    ],
  ])('%s is refused, not thrown', (_what, text, message) => {
    const result = transform(text)
    expect(result).toMatchObject({ ok: false, causes: [{ message }] })
    expect(!result.ok && result.message).toContain(message)
  })

  it('takes a parsed template, and leaves it as it is', () => {
    const template = parse('Resources:\n  T: {Type: AWS::Serverless::SimpleTable}')
    const before = JSON.stringify(template)
    const result = transform(template)
    expect(result).toMatchObject({ ok: true, template: { Resources: { T: { Type: 'AWS::DynamoDB::Table' } } } })
    expect(JSON.stringify(template)).toBe(before)
  })

  it('does not mind values of parameters that nobody declares', () => {
    expect(transform('Resources: {A: {Type: AWS::S3::Bucket}}', { parameters: { Any: 'value' } }).ok).toBe(true)
  })
})

describe('parse', () => {
  it('knows lines, and throws what CloudFormation says', () => {
    expect(positionOfMember(parse('A:\n  B: 1')['A'], 'B')).toEqual({ line: 2, column: 6 })
    expect(() => parse('- a')).toThrow(AwsError)
  })
})

describe('readPolicy', () => {
  const statement = (more: object) => ({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*', ...more })
  const question = { action: 'execute-api:Invoke', resource: 'arn:aws:execute-api:eu-central-1:111122223333:abc/p/GET/x' }
  const unlessThroughOurs = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }

  it.each([
    ['a permission', [statement({})], { effect: 'Allow', statement: { index: 0 } }],
    [
      'a denial goes before it',
      [statement({}), statement({ Effect: 'Deny', Sid: 'No', Condition: unlessThroughOurs })],
      { effect: 'Deny', statement: { index: 1, sid: 'No' } },
    ],
    ['nothing', [statement({ Action: 's3:GetObject' })], { effect: 'None' }],
  ])('%s', (_what, statements, answer) => {
    expect(readPolicy({ Version: '2012-10-17', Statement: statements })(question)).toEqual(answer)
  })

  it('what is no policy is told, each problem with its place', () => {
    expect(problemsOf({ Statement: [{ Effect: 'Perhaps' }] }).map(({ pointer }) => pointer)).toContain('/Statement/0/Effect')
    expect(() => readPolicy({})).toThrow(AwsError)
  })
})
