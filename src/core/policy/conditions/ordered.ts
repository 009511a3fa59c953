import { type ConditionOperator, pair } from './operator.ts'

/** The six comparisons of a family whose values are ordered (`Numeric…`, `Date…`). */
export function orderedOperators(family: string, read: (text: string) => number | undefined): Record<string, ConditionOperator> {
  const comparing =
    (holds: (actual: number, wanted: number) => boolean): ConditionOperator['compile'] =>
    (value) => {
      const wanted = read(value)
      if (wanted === undefined) return undefined
      return (text) => {
        const actual = read(text)
        return actual !== undefined && holds(actual, wanted)
      }
    }
  const one = (holds: (actual: number, wanted: number) => boolean) => ({ negated: false, compile: comparing(holds) })
  return {
    ...pair(
      `${family}Equals`,
      `${family}NotEquals`,
      comparing((actual, wanted) => actual === wanted),
    ),
    [`${family}LessThan`]: one((actual, wanted) => actual < wanted),
    [`${family}LessThanEquals`]: one((actual, wanted) => actual <= wanted),
    [`${family}GreaterThan`]: one((actual, wanted) => actual > wanted),
    [`${family}GreaterThanEquals`]: one((actual, wanted) => actual >= wanted),
  }
}
