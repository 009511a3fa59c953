import { checkCondition, conditionTruth } from '../../template/condition-functions.ts'
import { templateError } from '../../template/intrinsics/intrinsic.ts'
import { functionNameOf } from '../../template/intrinsics/registry.ts'
import type { Position } from '../../template/position.ts'
import { isList, isMap, memberOf, type Value, type ValueMap } from '../../template/value.ts'
import { refused } from './refused.ts'

export type Truths = (name: string, at: Position | undefined) => boolean | undefined

/** Whether each of these conditions, settled as they are, holds; nothing for those in which something is left to the stack. */
export function truthsOf(conditions: ValueMap): Truths {
  const found = new Map<string, boolean | undefined | 'being worked out'>()

  const truthOf: Truths = (name, at) => {
    if (!found.has(name)) {
      found.set(name, 'being worked out')
      found.set(name, workOut(name, at))
    }
    const truth = found.get(name)
    // unverified: the wording.
    if (truth === 'being worked out') throw templateError(`Found circular condition dependency on condition ${name}`, at)
    return truth
  }
  const workOut: Truths = (name, at) => {
    const condition = memberOf(conditions, name)
    // Measured: https://github.com/ministackorg/ministack/pull/1739
    if (condition === undefined) throw refused(`Key ${name} is missing in the map.`, at)
    let isKnown = !isLeft(condition)
    const named = (other: string, place: Position | undefined) => {
      const truth = truthOf(other, place)
      isKnown &&= truth !== undefined
      return truth ?? false
    }
    checkCondition(condition, 'Conditions', { named, value: () => {} }, at)
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
