import { isList, isMap, type Value, type ValueMap } from '../template/value.ts'
import { own } from './python2/own-words.ts'

const NO_VALUE: Readonly<ValueMap> = own({ Ref: 'AWS::NoValue' })

export const ref = (id: string): ValueMap => ({ Ref: id })
export const getAtt = (id: string, attribute: string): ValueMap => ({ 'Fn::GetAtt': [id, attribute] })
export const sub = (text: string, variables?: ValueMap): ValueMap => ({ 'Fn::Sub': variables ? [text, variables] : text })
export const onlyIf = (condition: Value, then: Value, otherwise: Value = { ...NO_VALUE }): ValueMap => ({
  'Fn::If': [condition, then, otherwise],
})
export const not = (condition: Value): ValueMap => ({ 'Fn::Not': [{ Condition: condition }] })
export const anyOf = (conditions: readonly string[]): ValueMap => ({ 'Fn::Or': conditions.map((name) => ({ Condition: name })) })

/** The only key of a map that has one. */
export function onlyKey(value: Value | undefined): string | undefined {
  if (!isMap(value)) return undefined
  const keys = Object.keys(value)
  return keys.length === 1 ? keys[0] : undefined
}

export function isIntrinsic(value: Value | undefined): value is ValueMap {
  const key = onlyKey(value)
  return key !== undefined && (key === 'Ref' || key === 'Condition' || key.startsWith('Fn::'))
}

export function isIf(value: Value | undefined): value is ValueMap {
  return onlyKey(value) === 'Fn::If'
}

export function isNoValue(value: Value | undefined): boolean {
  return isIntrinsic(value) && value['Ref'] === 'AWS::NoValue'
}

/** The three arguments of an `Fn::If`, or nothing where it has not three. */
export function ifArguments(value: ValueMap): [Value, Value, Value] | undefined {
  const items = value['Fn::If']
  return isList(items) && items.length === 3 ? (items as [Value, Value, Value]) : undefined
}

/** What AWS says of an `Fn::If` without three arguments. */
export const MALFORMED_IF = 'Fn::If requires 3 arguments'

/** The logical id that a `Ref` or `Fn::GetAtt` names. */
export function referredId(value: Value | undefined): string | undefined {
  if (!isIntrinsic(value)) return undefined
  const { Ref: id, 'Fn::GetAtt': target } = value
  if (typeof id === 'string') return id
  if (isList(target)) return target.length === 2 && typeof target[0] === 'string' ? target[0] : undefined
  if (typeof target !== 'string') return undefined
  const parts = target.split('.')
  return parts.length === 2 ? parts[0] : undefined
}

/** A `Ref` or `Fn::GetAtt` as it is written inside `Fn::Sub`. */
export function shorthand(reference: ValueMap): string {
  if ('Ref' in reference) return `\${${String(reference['Ref'])}}`
  const target = reference['Fn::GetAtt']
  return `\${${isList(target) ? target.join('.') : String(target)}}`
}

const MOST_IN_ONE_OR = 10

/**
 * Conditions that are true when any of `names` is: one `Fn::Or` under `name`, or a chain of them where there are more than ten,
 * the most that CloudFormation takes. Empty for fewer than two names.
 */
export function combinedConditions(names: readonly string[], name: string): ValueMap {
  if (names.length < 2) return {}
  const combined: ValueMap = {}
  const waiting = [...names]
  let further = Math.floor((names.length - 2) / (MOST_IN_ONE_OR - 1))
  for (let taken = 0; waiting.length - taken > 1; taken += MOST_IN_ONE_OR) {
    const id = further > 0 ? `${name}${further}` : name
    further -= 1
    combined[id] = anyOf(waiting.slice(taken, taken + MOST_IN_ONE_OR))
    waiting.push(id)
  }
  return combined
}

/**
 * What stands inside an optional `Fn::If` of an API document: the branches that are values, or the item itself.
 * Nothing where `Fn::If` is not a list.
 */
export function branches(item: Value | undefined): (Value | undefined)[] | undefined {
  if (!isMap(item) || !Object.hasOwn(item, 'Fn::If')) return [item]
  const items = item['Fn::If']
  return isList(items) ? items.slice(1).filter((branch) => !isNoValue(branch)) : undefined
}
