import { compilePattern } from '../pattern.ts'
import { type ConditionOperator, pair } from './operator.ts'

export const stringOperators: Record<string, ConditionOperator> = {
  ...pair('StringEquals', 'StringNotEquals', (value, options) => compilePattern(value, { ...options, wildcards: false })),
  ...pair('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', (value, options) =>
    compilePattern(value, { ...options, wildcards: false, ignoreCase: true }),
  ),
  ...pair('StringLike', 'StringNotLike', (value, options) => compilePattern(value, options)),
}
