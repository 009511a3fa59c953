import { checkCondition, conditionTruth } from '../../template/condition-functions.ts'
import { conditionOrder } from '../../template/condition-order.ts'
import { functionNameOf } from '../../template/intrinsics/registry.ts'
import { type Position, positionOfMember } from '../../template/position.ts'
import { isList, isMap, memberOf, type Value, type ValueMap } from '../../template/value.ts'
import { refused } from './refused.ts'

type Truths = (name: string, at: Position | undefined) => boolean | undefined

/** Whether each of these conditions, settled as they are, holds; nothing for those in which something is left to the stack. */
export function truthsOf(conditions: ValueMap): Truths {
  const truths = new Map<string, boolean | undefined>()
  const truthOf: Truths = (name, at) => {
    // Measured: https://github.com/ministackorg/ministack/pull/1739
    if (memberOf(conditions, name) === undefined) throw refused(`Key ${name} is missing in the map.`, at)
    if (!truths.has(name)) for (const next of conditionOrder(conditions, [name])) truths.set(next, workOut(next))
    return truths.get(name)
  }
  const workOut = (name: string): boolean | undefined => {
    const condition = memberOf(conditions, name) ?? null
    let isKnown = !isLeft(condition)
    const named = (other: string, at: Position | undefined) => {
      const truth = truthOf(other, at)
      isKnown &&= truth !== undefined
      return truth ?? false
    }
    checkCondition(condition, 'Conditions', { named, value: () => {} }, positionOfMember(conditions, name))
    return isKnown ? conditionTruth(condition, { named, value: (value) => value }) : undefined
  }
  return truthOf
}

const CONDITION_FUNCTIONS = new Set(['Fn::And', 'Fn::Equals', 'Fn::Not', 'Fn::Or'])

/** Whether a function of a settled condition is left that yields a value. */
function isLeft(value: Value): boolean {
  const name = functionNameOf(value)
  if (name !== undefined && !CONDITION_FUNCTIONS.has(name)) return true
  return (isMap(value) || isList(value)) && Object.values(value).some(isLeft)
}
