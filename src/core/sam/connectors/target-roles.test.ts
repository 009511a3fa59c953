import { describe, expect, it } from 'vitest'
import type { Value } from '../../template/value.ts'
import { targetRoles } from './target-roles.ts'

const TARGETS = [
  { Arn: 'arn:far', RoleArn: 'first' },
  { Arn: { 'Fn::GetAtt': ['Bus', 'Arn'] }, RoleArn: 'second' },
  { Arn: { Ref: 'Machine' }, RoleArn: 'third' },
  { Arn: { Ref: 'Bus' }, RoleArn: 'fourth' },
  { RoleArn: 'of nobody' },
  'no target',
]

describe('the role of a target', () => {
  it.each<[string, Value | undefined, { [key: string]: Value }, Value | undefined]>([
    ['is found by logical id, the first of two', TARGETS, { Id: 'Bus' }, 'second'],
    ['is found by ARN', TARGETS, { Arn: 'arn:far' }, 'first'],
    ['is found by an ARN that is a function', TARGETS, { Arn: { Ref: 'Machine' } }, 'third'],
    ['is nothing where no target is meant', TARGETS, { Id: 'Queue' }, undefined],
    ['is nothing where the other end says nothing', TARGETS, {}, undefined],
    ['is nothing where an ARN is empty', [{ Arn: '', RoleArn: 'one' }], { Arn: '' }, undefined],
    ['is nothing where there are no targets', undefined, { Id: 'Bus' }, undefined],
    ['is nothing where targets are no list', 'Bus', { Id: 'Bus' }, undefined],
  ])('%s', (_name, targets, other, expected) => {
    const roles = targetRoles()
    expect(roles(targets, other)).toBe(expected)
    expect(roles(targets, other)).toBe(expected)
  })
})
