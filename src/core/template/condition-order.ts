import { templateError } from './intrinsics/intrinsic.ts'
import { positionOfMember } from './position.ts'
import { isList, isMap, memberOf, type Value, type ValueMap } from './value.ts'

/**
 * These conditions and all those that they depend on, each after what it depends on itself: worked out in this order, none has to wait
 * for another, however long the chain is. Refuses a circle. Names that no condition has are left to whoever meets them.
 */
export function conditionOrder(conditions: ValueMap, wanted: readonly string[]): readonly string[] {
  const ordered = new Set<string>()
  const waiting = new Set<string>()
  // What is above another here has to come before it.
  const stack = [...wanted].reverse()
  for (let name = stack.at(-1); name !== undefined; name = stack.at(-1)) {
    const condition = memberOf(conditions, name)
    const before = condition === undefined || ordered.has(name) ? [] : namesIn(condition).filter((other) => !ordered.has(other))
    const missing = before.filter((other) => memberOf(conditions, other) !== undefined)
    if (missing.length === 0) {
      if (condition !== undefined) ordered.add(name)
      waiting.delete(name)
      stack.pop()
      continue
    }
    waiting.add(name)
    const circle = missing.find((other) => waiting.has(other))
    // unverified: the wording.
    if (circle !== undefined)
      throw templateError(`Found circular condition dependency on condition ${circle}`, positionOfMember(conditions, name))
    stack.push(...missing.reverse())
  }
  return [...ordered]
}

/** The names of other conditions that this one mentions, in order. */
function namesIn(condition: Value): readonly string[] {
  if (isList(condition)) return condition.flatMap(namesIn)
  if (!isMap(condition)) return []
  const members = Object.entries(condition)
  const [key, value] = members[0] ?? []
  if (members.length === 1 && key === 'Condition' && typeof value === 'string') return [value]
  return members.flatMap(([, member]) => namesIn(member))
}
