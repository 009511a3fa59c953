import { isList, type Value } from '../../../template/value.ts'
import { malformed } from '../refused.ts'
import { type EarlyFunction, left, type Settled } from '../settled.ts'

/** The branch that counts, and nothing of the other: what is wrong with it harms nobody. */
export const ifFunction: EarlyFunction = {
  name: 'Fn::If',

  settle(argument, scope, settle, at) {
    const [condition, whenTrue, whenFalse] = isList(argument) && argument.length === 3 ? argument : []
    // Reported for a condition that is a function: https://github.com/aws-cloudformation/cfn-lint/issues/3996
    if (typeof condition !== 'string' || whenTrue === undefined || whenFalse === undefined) throw malformed('Fn::If', at)
    const truth = scope.condition(condition, at)
    if (truth !== undefined) return settle(truth ? whenTrue : whenFalse, scope)
    return left({ 'Fn::If': [condition, written(settle(whenTrue, scope)), written(settle(whenFalse, scope))] })
  },
}

const written = (settled: Settled): Value => (settled.kind === 'nothing' ? { Ref: 'AWS::NoValue' } : settled.value)
