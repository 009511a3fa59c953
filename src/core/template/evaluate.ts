import { callIn } from './intrinsics/registry.ts'
import { AT, positionedAs, positionsOf } from './position.ts'
import { type Evaluated, type EvaluationScope, known, unknown } from './scope.ts'
import { isList, isMap, type Value, type ValueList, type ValueMap } from './value.ts'

export type { Evaluated, EvaluationScope, PseudoParameters, ResourceReference, ResourceView } from './scope.ts'
export { KNOWN_AFTER_APPLY } from './scope.ts'

/**
 * Works a value out: functions are replaced by what they yield, `AWS::NoValue` takes its member with it, and everything keeps the
 * position where it was written. What has no function in it is answered as it is, so never change what you get.
 */
export function evaluate(value: Value, scope: EvaluationScope): Evaluated {
  const call = callIn(value)
  if (call) {
    const { intrinsic, argument, at } = call
    intrinsic.check?.(argument, at)
    return intrinsic.evaluate(argument, scope, evaluate, at)
  }
  if (isList(value)) return evaluateList(value, scope)
  if (isMap(value)) return evaluateMap(value, scope)
  return known(value)
}

function evaluateMap(map: ValueMap, scope: EvaluationScope): Evaluated {
  const members = Object.entries(map).map(([key, member]) => ({ key, member, evaluated: evaluate(member, scope) }))
  if (members.every(({ member, evaluated }) => isSame(evaluated, member))) return known(map)
  const result: ValueMap = {}
  for (const { key, evaluated } of members) if (evaluated.kind !== 'nothing') result[key] = partOf(evaluated)
  return answer(
    positionedAs(result, map),
    members.map(({ evaluated }) => evaluated),
  )
}

function evaluateList(list: ValueList, scope: EvaluationScope): Evaluated {
  const evaluated = list.map((item) => evaluate(item, scope))
  if (list.every((item, index) => isSame(evaluated[index], item))) return known(list)
  const kept = evaluated.flatMap((item, index) => (item.kind === 'nothing' ? [] : [{ value: partOf(item), index }]))
  const result: ValueList = kept.map(({ value }) => value)
  positionMembers(
    result,
    list,
    kept.map(({ index }) => index),
  )
  return answer(result, evaluated)
}

function isSame(evaluated: Evaluated | undefined, value: Value): boolean {
  return evaluated?.kind === 'value' && evaluated.value === value
}

function partOf(evaluated: Exclude<Evaluated, { kind: 'nothing' }>): Value {
  return evaluated.kind === 'unknown' ? evaluated.partial : evaluated.value
}

/** What holds something unknown is unknown. */
function answer(value: Value, members: readonly Evaluated[]): Evaluated {
  const missing = members.filter((member) => member.kind === 'unknown')
  return missing.length > 0
    ? unknown(
        missing.flatMap(({ awaits }) => awaits),
        value,
      )
    : known(value)
}

/** Members move up when others vanish; their places in the text do not. */
function positionMembers(result: ValueList, origin: ValueList, indices: readonly number[]) {
  const positions = positionsOf(origin)
  if (!positions) return
  const members = Object.fromEntries(
    indices.flatMap((from, to) => {
      const member = positions.members[from]
      return member ? [[to, member] as const] : []
    }),
  )
  result[AT] = { self: positions.self, members }
}
