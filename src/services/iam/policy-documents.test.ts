import { describe, expect, test } from 'vitest'
import { checkedPermissions, checkedTrust } from './policy-documents.ts'

const allow = { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' }
const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }
const policy = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement })

describe('a permissions policy', () => {
  test.each([
    ['a document', policy(allow)],
    ['one statement without a list', { Statement: allow }],
    ['text', JSON.stringify(policy(allow))],
    ['NotAction and NotResource', policy({ Effect: 'Deny', NotAction: 's3:*', NotResource: 'arn:aws:s3:::b' })],
  ])('may be %s', (_name, written) => {
    expect(checkedPermissions(written)).toBe(typeof written === 'string' ? written : JSON.stringify(written))
  })

  test.each([
    ['{', 'This policy contains invalid Json'],
    ['[]', 'Syntax errors in policy.'],
    [policy(), 'Syntax errors in policy.'],
    [policy('allow'), 'Syntax errors in policy.'],
    [policy({ ...allow, Effect: 'allow' }), 'Syntax errors in policy.'],
    [{ Version: '2020-01-01', Statement: [allow] }, 'The policy must contain a valid version string'],
    [policy({ ...allow, Principal: '*' }), 'Policy document should not specify a principal.'],
    [policy({ Effect: 'Allow', Resource: '*' }), 'Policy statement must contain actions.'],
    [policy({ Effect: 'Allow', Action: '*' }), 'Policy statement must contain resources.'],
  ])('refuses %j', (written, message) => {
    expect(() => checkedPermissions(written)).toThrow(expect.objectContaining({ code: 'MalformedPolicyDocument', message }))
  })
})

describe('a trust policy', () => {
  test('may be a document', () => {
    expect(checkedTrust(policy(trust))).toBe(JSON.stringify(policy(trust)))
  })

  test.each([
    [policy({ ...trust, Resource: '*' }), 'Has prohibited field Resource'],
    [policy({ ...trust, Principal: undefined }), 'Missing required field Principal'],
    [policy({ ...trust, Action: undefined }), 'Missing required field Action'],
    [policy({ ...trust, Action: 'lambda:InvokeFunction' }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
  ])('refuses %j', (written, message) => {
    expect(() => checkedTrust(written)).toThrow(expect.objectContaining({ code: 'MalformedPolicyDocument', message }))
  })
})
