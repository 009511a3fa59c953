import { describe, expect, test } from 'vitest'
import { parseTemplate } from '#core/template/parse.ts'
import { describePolicy, storedPolicy } from './resource-policy.ts'
import { policy, scope } from './testing/world.ts'

const API = 'a1b2c3d4e5'

describe('a resource policy', () => {
  test.each([
    ['execute-api:/*', `arn:aws:execute-api:eu-central-1:111122223333:${API}/*`],
    ['execute-api:/dev/GET/pets', `arn:aws:execute-api:eu-central-1:111122223333:${API}/dev/GET/pets`],
    ['arn:aws:execute-api:us-east-1:999999999999:other/*', 'arn:aws:execute-api:us-east-1:999999999999:other/*'],
  ])('%s is stored as %s, and a list of one as the text itself', (written, stored) => {
    expect(storedPolicy(policy('Allow', written), API, scope)?.document).toMatchObject({ Statement: [{ Resource: stored }] })
  })

  test('is read back with its quotes escaped', () => {
    const stored = storedPolicy(policy('Deny'), API, scope)
    const text = stored ? describePolicy(stored) : ''
    expect(text).toMatch(/^\{\\"Version\\":\\"2012-10-17\\"/)
    expect(JSON.parse(text.replaceAll('\\"', '"'))).toEqual(stored?.document)
  })

  test('remembers the lines of its statements, and the stack', () => {
    const { Policy = null } = parseTemplate(
      `Policy:
  Version: '2012-10-17'
  Statement:
    - Effect: Allow
      Principal: '*'
      Action: execute-api:Invoke
      Resource: execute-api:/*
`,
      { file: 'service.yaml' },
    )
    const stored = storedPolicy(Policy, API, scope, { stack: 'service' })
    expect(stored?.stack).toBe('service')
    expect(stored?.sources['/Statement/0']).toMatchObject({ file: 'service.yaml', line: 4 })
  })

  test('is taken away by an empty text', () => {
    expect(storedPolicy('', API, scope)).toBeUndefined()
  })

  test.each([
    ['no JSON', '{'],
    ['no statement', '{"Version":"2012-10-17"}'],
    ['an unknown effect', policy('Allow').replace('Allow', 'Perhaps')],
    ['no principal', policy('Allow').replace('"Principal":"*",', '')],
    ['a list', '[]'],
  ])('with %s is refused', (_name, text) => {
    expect(() => storedPolicy(text, API, scope)).toThrow(
      'Invalid policy document. Please check the policy syntax and ensure that Principals are valid.',
    )
  })

  test('longer than AWS keeps is refused', () => {
    expect(() => storedPolicy(policy('Allow', `execute-api:/${'x'.repeat(8192)}`), API, scope)).toThrow(/8192/)
  })
})
