import { AwsError } from '../aws/aws-error.ts'
import { checkCalls } from './check-functions.ts'
import { type ConditionReader, checkCondition, conditionTruth } from './condition-functions.ts'
import { scopeOfParameters, sectionOf, valueIn } from './conditions.ts'
import { templateError } from './intrinsics/intrinsic.ts'
import { positionOf } from './position.ts'
import type { EvaluationScope, PseudoParameters } from './scope.ts'
import { isList, isMap, memberOf, type Value, type ValueMap } from './value.ts'

/** Holds the template's `Rules` against the parameters. Refuses with the descriptions of every assertion that does not hold. */
export function checkRules(template: ValueMap, parameters: EvaluationScope['parameters'], pseudo: PseudoParameters): void {
  const reader = readerOf(scopeOfParameters(template, parameters, pseudo))
  for (const [name, rule] of Object.entries(sectionOf(template, 'Rules'))) {
    if (!isMap(rule)) throw templateError(`rule ${name} must be an object`, positionOf(rule))
    const condition = memberOf(rule, 'RuleCondition')
    if (condition !== undefined && !isTrue(condition, reader)) continue
    const assertions = memberOf(rule, 'Assertions')
    const broken = (isList(assertions) ? assertions : []).filter((assertion) => !holds(assertion, reader))
    // unverified: the wording.
    if (broken.length > 0)
      throw new AwsError('ValidationError', `Template error: Rule ${name} failed: ${broken.map(describe).join('; ')}`, {
        position: positionOf(broken[0]),
      })
  }
}

function readerOf(scope: EvaluationScope): ConditionReader {
  return {
    value: (value) => valueIn(value, scope),
    named: (name, at) => {
      throw templateError(`a rule cannot use the condition ${name}`, at)
    },
  }
}

function isTrue(condition: Value, reader: ConditionReader): boolean {
  checkCondition(condition, 'Rules', { named: reader.named, value: checkCalls }, positionOf(condition))
  return conditionTruth(condition, reader)
}

function holds(assertion: Value, reader: ConditionReader): boolean {
  const assert = isMap(assertion) ? memberOf(assertion, 'Assert') : undefined
  if (assert === undefined) throw templateError('every assertion of a rule must contain an Assert member', positionOf(assertion))
  return isTrue(assert, reader)
}

function describe(assertion: Value): string {
  const description = isMap(assertion) ? memberOf(assertion, 'AssertDescription') : undefined
  return typeof description === 'string'
    ? description
    : JSON.stringify(isMap(assertion) ? memberOf(assertion, 'Assert') : assertion)
}
