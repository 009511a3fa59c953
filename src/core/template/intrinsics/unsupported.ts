import { AwsError } from '../../aws/aws-error.ts'
import type { Position } from '../position.ts'
import type { Value } from '../value.ts'
import type { Intrinsic } from './intrinsic.ts'

/** Functions that AWS has and Postern does not: refused where they are written, so that nothing is deployed with half of its meaning. */
export const unsupported: readonly Intrinsic[] = [
  ['Fn::GetStackOutput', 'use an export and Fn::ImportValue'],
  ['Fn::RefAll', 'a rule can look at parameters only'],
  ['Fn::ValueOf', 'a rule can look at parameters only'],
  ['Fn::ValueOfAll', 'a rule can look at parameters only'],
].map(([name = '', instead = '']) => {
  const refuse = (_argument: Value, at: Position | undefined): never => {
    throw new AwsError('ValidationError', `\`${name}\` is not supported by Postern: ${instead}`, { position: at })
  }
  return { name, check: refuse, evaluate: (argument, _scope, _evaluate, at) => refuse(argument, at) } satisfies Intrinsic
})
