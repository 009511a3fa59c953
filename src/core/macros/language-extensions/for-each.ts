import { type Position, positionOf, positionOfMember } from '../../template/position.ts'
import { isList, isMap, textOfMember, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import type { Assembly } from './assembly.ts'
import { malformed, refused } from './refused.ts'
import type { EarlyScope, Settle, Settled } from './settled.ts'

const NAME = 'Fn::ForEach'
const PREFIX = `${NAME}::`

export const isLoop = (key: string): boolean => key.startsWith(PREFIX)
export const loopNameOf = (key: string): string => key.slice(PREFIX.length)

/** `Fn::ForEach::Name: [identifier, collection, fragment]`. Several identifiers take their values from lists in the collection. */
export interface Loop {
  readonly identifiers: readonly Value[]
  readonly collection: Value
  readonly fragment: ValueMap
  readonly at: Position | undefined
}

export function loopOf(written: Value, at: Position | undefined): Loop {
  const [identifier, collection, fragment] = isList(written) && written.length === 3 ? written : []
  const identifiers = isList(identifier) ? identifier : isName(identifier) ? [identifier] : []
  const named = identifiers.length > 0 && identifiers.every((name) => isName(name) || isMap(name))
  if (!named || collection === undefined || typeof collection === 'string' || !isMap(fragment)) throw malformed(NAME, at)
  return { identifiers, collection, fragment, at }
}

const isName = (value: Value | undefined): value is string => typeof value === 'string' && value !== ''

/** What a map with loops in it is made of. */
export interface MemberRules {
  readonly settle: Settle
  /** Settles a member that will have this name. */
  readonly settleMember: (member: Value, scope: EarlyScope, name: string) => Settled
  /** Refuses a name that a loop made and that cannot stand here. */
  readonly checkName: (name: string, at: Position | undefined) => void
}

/** Adds a member as the text has it: settled, or in the place of a loop what it makes. Answers whether something is left to the stack. */
export function addMember(
  key: string,
  member: Value,
  at: Position | undefined,
  into: Assembly,
  scope: EarlyScope,
  rules: MemberRules,
): boolean {
  return isLoop(key) ? runLoop(loopOf(member, at), into, scope, rules) : addSettled(key, member, at, into, scope, rules)
}

function addSettled(
  name: string,
  member: Value,
  at: Position | undefined,
  into: Assembly,
  scope: EarlyScope,
  rules: MemberRules,
): boolean {
  const settled = rules.settleMember(member, scope, name)
  if (settled.kind !== 'nothing') into.add(name, settled.value, at)
  return settled.kind === 'left'
}

function runLoop(loop: Loop, into: Assembly, scope: EarlyScope, rules: MemberRules): boolean {
  const { fragment } = loop
  const identifiers = loop.identifiers.map((identifier) => textFrom(rules.settle(identifier, scope)) ?? refuseLayout(loop))
  let isLeft = false
  for (const item of itemsOf(loop, identifiers.length, scope, rules.settle)) {
    scope.budget.turn()
    const items = new Map([...scope.items, ...identifiers.map((identifier, index) => [identifier, item[index] ?? ''] as const)])
    const turn = { ...scope, items }
    for (const [key, member] of Object.entries(fragment)) {
      const at = positionOfMember(fragment, key)
      const added = isLoop(key)
        ? runLoop(loopOf(member, at), into, turn, rules)
        : addSettled(nameFor(key, at, turn, rules), member, at, into, turn, rules)
      if (added) isLeft = true
    }
  }
  return isLeft
}

/** One text for each identifier in each turn. */
function itemsOf(loop: Loop, identifiers: number, scope: EarlyScope, settle: Settle): readonly (readonly string[])[] {
  const settled = settle(loop.collection, scope)
  // Measured, as the text for a layout: https://github.com/ministackorg/ministack/pull/1739
  if (settled.kind !== 'known' || !isList(settled.value))
    throw refused(`Could not find a collection or could not be resolved for ${NAME}`, positionOf(loop.collection) ?? loop.at)
  const collection = settled.value
  const turns = identifiers === 1 ? collection.map((_, index) => textsOf(collection, [index])) : collection.map(allTextsOf)
  return turns.map((texts) => (texts?.length === identifiers ? texts : refuseLayout(loop)))
}

const allTextsOf = (item: Value) => (isList(item) ? textsOf(item, item.keys()) : undefined)

function textsOf(list: ValueList, indices: Iterable<number>): readonly string[] | undefined {
  const texts = Array.from(indices, (index) => textOfMember(list, index))
  return texts.every((text) => text !== undefined) ? texts : undefined
}

const textFrom = (settled: Settled) => (settled.kind === 'known' && isName(settled.value) ? settled.value : undefined)

function refuseLayout({ at }: Loop): never {
  throw malformed(NAME, at)
}

function nameFor(key: string, at: Position | undefined, { items, budget }: EarlyScope, rules: MemberRules): string {
  const name = substituted(key, items)
  budget.spend(name.length)
  rules.checkName(name, at)
  return name
}

/** In names, `${Identifier}` is the item, and `&{Identifier}` its letters and digits alone. */
function substituted(key: string, items: EarlyScope['items']): string {
  return key.replaceAll(/([$&])\{([^{}]*)\}/g, (placeholder, form: string, identifier: string) => {
    const item = items.get(identifier)
    if (item === undefined) return placeholder
    return form === '&' ? item.replaceAll(/[^A-Za-z0-9]/g, '') : item
  })
}
