import { isList } from '../value.ts'
import { type Intrinsic, templateError } from './intrinsic.ts'

export const ifFunction: Intrinsic = {
  name: 'Fn::If',

  check(argument, at) {
    // unverified: recalled, for a list of another length.
    if (!isList(argument) || argument.length !== 3) throw templateError('Fn::If requires a list argument with three elements', at)
    if (typeof argument[0] !== 'string')
      throw templateError('Fn::If requires a list argument with the first element being a condition', at)
  },

  condition: (argument) => (isList(argument) && typeof argument[0] === 'string' ? argument[0] : undefined),

  evaluate(argument, scope, evaluate, at) {
    const [condition, whenTrue, whenFalse] = argument as [string, never, never]
    if (!Object.hasOwn(scope.conditions, condition)) throw unresolvedCondition(condition, 'Fn::If', at)
    return evaluate(scope.conditions[condition] ? whenTrue : whenFalse, scope)
  },
}

export function unresolvedCondition(condition: string, where: string, at: Parameters<typeof templateError>[1]) {
  return templateError(`unresolved condition dependency ${condition} in ${where}`, at)
}
