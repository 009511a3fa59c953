import type { ConditionOperator } from './operator.ts'

export const binaryOperators: Record<string, ConditionOperator> = {
  /** Both sides are Base64 of the bytes. */
  BinaryEquals: { negated: false, compile: (value) => (text) => text === value },
}
