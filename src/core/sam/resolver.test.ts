import { describe, expect, it } from 'vitest'
import type { Value } from '../template/value.ts'
import { resolveParameters } from './resolver.ts'
import { plain } from './testing/transformed.ts'

const PARAMETERS = { Name: 'one', Size: 2, Nothing: null, Pending: '{{IntrinsicFunction:arn:stack/Outputs.Url/Fn::GetAtt}}' }

describe('parameters', () => {
  it.each<[string, Value, Value]>([
    ['a reference', { Ref: 'Name' }, 'one'],
    ['a reference to a number', [{ Ref: 'Size' }], [2]],
    ['a reference to nothing', { Ref: 'Nothing' }, null],
    ['a variable', { 'Fn::Sub': '${Name}-${AWS::StackName}' }, { 'Fn::Sub': 'one-${AWS::StackName}' }],
    ['a variable beside others', { 'Fn::Sub': ['${Name}${Own}', { Own: 1 }] }, { 'Fn::Sub': ['one${Own}', { Own: 1 }] }],
    ['an unknown name', { Ref: 'Other' }, { Ref: 'Other' }],
    ['a name that every object knows', { Ref: 'constructor' }, { Ref: 'constructor' }],
    ['an output that is not there yet', { Ref: 'Pending' }, { Ref: 'Pending' }],
    ['a variable for one', { 'Fn::Sub': '${Pending}' }, { 'Fn::Sub': '${Pending}' }],
  ])('are put in place of %s where their values are known', (_name, written, expected) => {
    expect(plain(resolveParameters(written, PARAMETERS))).toEqual(expected)
  })

  it('that are no text are refused inside one', () => {
    expect(() => resolveParameters({ 'Fn::Sub': '${Size}' }, PARAMETERS)).toThrow(
      'Invalid Fn::Sub variable value 2. Fn::Sub expects all variables to be strings.',
    )
  })
})
