import { describe, expect, it } from 'vitest'
import { expandPolicyResources, expandResource } from './expand-resource.ts'

const here = { region: 'eu-central-1', account: '210987654321', apiId: 'abcdef1234' }

describe('expandResource', () => {
  it.each([
    ['execute-api:/*', 'arn:aws:execute-api:eu-central-1:210987654321:abcdef1234/*'],
    ['execute-api:/dev/GET/entities', 'arn:aws:execute-api:eu-central-1:210987654321:abcdef1234/dev/GET/entities'],
    ['arn:aws:execute-api:*:*:*/*', 'arn:aws:execute-api:*:*:*/*'],
    ['*', '*'],
  ])('makes %s into %s', (written, expected) => expect(expandResource(written, here)).toBe(expected))

  it('knows the partition of the region', () => {
    expect(expandResource('execute-api:/*', { ...here, region: 'cn-north-1' })).toBe(
      'arn:aws-cn:execute-api:cn-north-1:210987654321:abcdef1234/*',
    )
  })
})

describe('expandPolicyResources', () => {
  it('expands every resource, and stores a list of one as a text', () => {
    const all = 'arn:aws:execute-api:eu-central-1:210987654321:abcdef1234/*'
    const written = {
      Version: '2012-10-17',
      Statement: [{ Resource: ['execute-api:/*'] }, { NotResource: ['execute-api:/*', '*'] }],
    }
    expect(expandPolicyResources(written, here)).toEqual({
      Version: '2012-10-17',
      Statement: [{ Resource: all }, { NotResource: [all, '*'] }],
    })
    expect(expandPolicyResources({ Statement: { Resource: 'execute-api:/*' } }, here)).toEqual({ Statement: { Resource: all } })
  })
})
