import type { ConditionOperator } from './operator.ts'

export const boolOperators: Record<string, ConditionOperator> = {
  Bool: {
    negated: false,
    compile(value) {
      const wanted = value.toLowerCase()
      return wanted === 'true' || wanted === 'false' ? (text) => text.toLowerCase() === wanted : undefined
    },
  },
}
