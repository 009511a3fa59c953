import { arnOperators } from './conditions/arn.ts'
import { binaryOperators } from './conditions/binary.ts'
import { boolOperators } from './conditions/bool.ts'
import { dateOperators } from './conditions/date.ts'
import { ipAddressOperators } from './conditions/ip-address.ts'
import { numericOperators } from './conditions/numeric.ts'
import type { ConditionOperator } from './conditions/operator.ts'
import { stringOperators } from './conditions/string.ts'
import type { Matcher, PatternOptions } from './pattern.ts'
import type { ContextKeys } from './request.ts'

const OPERATORS = new Map<string, ConditionOperator>(
  Object.entries({
    ...stringOperators,
    ...arnOperators,
    ...ipAddressOperators,
    ...boolOperators,
    ...numericOperators,
    ...dateOperators,
    ...binaryOperators,
  }),
)

type Quantifier = 'single' | 'ForAllValues' | 'ForAnyValue'

/** Compiles one key of a `Condition` block, or says why it is none. */
export function compileCondition(
  operator: string,
  key: string,
  values: readonly string[],
  options: PatternOptions,
): ((keys: ContextKeys) => boolean) | string {
  const name = key.toLowerCase()
  if (operator === 'Null') return compileNull(name, values)
  const [, quantifier = 'single', base = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? []
  const found = OPERATORS.get(base)
  if (!found) return `\`${operator}\` is not a condition operator`
  const matchers: Matcher[] = []
  for (const value of values) {
    const matcher = found.compile(value, options)
    if (!matcher) return `\`${value}\` is not a value for \`${base}\``
    matchers.push(matcher)
  }
  return quantified(quantifier as Quantifier, name, satisfiedBy(found, matchers), found.negated, ifExists !== undefined)
}

/** Whether one value of the request satisfies the operator: a listed value matches, or with a negated operator none does. */
function satisfiedBy({ negated }: ConditionOperator, matchers: readonly Matcher[]): Matcher {
  const [only] = matchers
  if (matchers.length === 1 && only) return negated ? (text, keys) => !only(text, keys) : only
  return (text, keys) => matchers.some((matches) => matches(text, keys)) !== negated
}

/**
 * What a missing key means: `IfExists` and `ForAllValues` are content, `ForAnyValue` is not, and otherwise only a negated operator is.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function quantified(quantifier: Quantifier, name: string, satisfies: Matcher, negated: boolean, ifExists: boolean) {
  const whenMissing = ifExists || (quantifier === 'ForAllValues' ? true : quantifier === 'ForAnyValue' ? false : negated)
  const everyValue = quantifier === 'ForAllValues' || (quantifier === 'single' && negated)
  return (keys: ContextKeys): boolean => {
    const actual = keys(name)
    if (actual === undefined) return whenMissing
    if (typeof actual === 'string') return satisfies(actual, keys)
    if (actual.length === 0) return whenMissing
    return everyValue ? actual.every((value) => satisfies(value, keys)) : actual.some((value) => satisfies(value, keys))
  }
}

/** `Null: true` asks that the key is missing, `false` that it is there. */
function compileNull(name: string, values: readonly string[]): ((keys: ContextKeys) => boolean) | string {
  const wrong = values.find((value) => value !== 'true' && value !== 'false')
  if (wrong !== undefined) return `\`${wrong}\` is not a value for \`Null\``
  const missing = values.includes('true')
  const present = values.includes('false')
  return (keys) => {
    const actual = keys(name)
    const isMissing = actual === undefined || (typeof actual !== 'string' && actual.length === 0)
    return isMissing ? missing : present
  }
}
