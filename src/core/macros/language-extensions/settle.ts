import { functionNameOf } from '../../template/intrinsics/registry.ts'
import { AT, positionedAs, positionOf, positionOfMember, positionsOf } from '../../template/position.ts'
import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { assemblyFor } from './assembly.ts'
import { addMember, isLoop, type MemberRules } from './for-each.ts'
import { EARLY_FUNCTIONS } from './functions/registry.ts'
import { type EarlyScope, known, left, type Settled } from './settled.ts'

/**
 * Works a value out as far as that is possible before there is a stack. Loops in it are written out; what depends on a resource stays
 * a function; everything keeps the place where it was written. What does not change is answered as it is, so never change what you get.
 */
export function settle(value: Value, scope: EarlyScope): Settled {
  if (isMap(value)) return settleMap(value, scope)
  if (isList(value)) return settleList(value, scope)
  scope.budget.spend(typeof value === 'string' ? value.length + 1 : 1)
  return known(value)
}

function settleMap(map: ValueMap, scope: EarlyScope): Settled {
  scope.budget.spend(1)
  const name = functionNameOf(map)
  if (name === undefined || isLoop(name)) return settleMembers(map, scope)
  const argument = map[name] ?? null
  const early = EARLY_FUNCTIONS.get(name)
  if (early) return atPlaceOf(map, early.settle(argument, scope, settle, positionOf(map)))
  const settled = settle(argument, scope)
  return left(settled.kind === 'nothing' || settled.value === argument ? map : positionedAs({ [name]: settled.value }, map))
}

/** What a function yields or leaves stands where it was called, unless the text has a place of its own for it. */
function atPlaceOf(call: ValueMap, settled: Settled): Settled {
  if (settled.kind === 'nothing' || typeof settled.value !== 'object' || settled.value === null) return settled
  if (!positionsOf(settled.value)) positionedAs(settled.value, call)
  return settled
}

/** In the middle of a resource, loops may make names of any kind. */
const RULES: MemberRules = { settle, settleMember: settle, checkName: () => {} }

function settleMembers(map: ValueMap, scope: EarlyScope): Settled {
  const assembly = assemblyFor(map)
  let isLeft = false
  for (const [key, member] of Object.entries(map)) {
    if (addMember(key, member, positionOfMember(map, key), assembly, scope, RULES)) isLeft = true
  }
  const settled = assembly.result()
  const value = isSame(settled, map) ? map : settled
  return isLeft ? left(value) : known(value)
}

function isSame(settled: ValueMap, map: ValueMap): boolean {
  const keys = Object.keys(settled)
  return keys.length === Object.keys(map).length && keys.every((key) => settled[key] === map[key])
}

function settleList(list: ValueList, scope: EarlyScope): Settled {
  scope.budget.spend(1)
  const settled = list.map((item) => settle(item, scope))
  const kept = settled.flatMap((item, index) => (item.kind === 'nothing' ? [] : [{ ...item, index }]))
  const same = kept.length === list.length && kept.every(({ value, index }) => value === list[index])
  const value = same ? list : movedUp(list, kept)
  return kept.some(({ kind }) => kind === 'left') ? left(value) : known(value)
}

/** Items move up when others vanish; their places in the text do not. */
function movedUp(origin: ValueList, kept: readonly { readonly value: Value; readonly index: number }[]): ValueList {
  const list: ValueList = kept.map(({ value }) => value)
  const positions = positionsOf(origin)
  if (!positions) return list
  const members = kept.flatMap(({ index }, to) => {
    const place = positions.members[index]
    return place ? [[String(to), place] as const] : []
  })
  list[AT] = { self: positions.self, members: Object.fromEntries(members) }
  return list
}
