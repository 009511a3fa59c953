import type { Matcher, PatternOptions } from '../pattern.ts'

/** One condition operator, without its `IfExists` or set qualifier. */
export interface ConditionOperator {
  /** `…Not…`: true where no listed value matches, so also where the key is missing. */
  readonly negated: boolean
  /** Compiles one value that a statement lists; nothing where it is no value for this operator. */
  readonly compile: (value: string, options: PatternOptions) => Matcher | undefined
}

/** A positive operator and its negation, by their names. */
export function pair(name: string, negation: string, compile: ConditionOperator['compile']): Record<string, ConditionOperator> {
  return { [name]: { negated: false, compile }, [negation]: { negated: true, compile } }
}
