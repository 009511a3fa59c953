import { checkSubName, subParts } from '../../../template/intrinsics/sub.ts'
import { isList, isMap, textOfMember, type Value, type ValueMap } from '../../../template/value.ts'
import { malformed } from '../refused.ts'
import { type EarlyFunction, type EarlyScope, known, left, type Settle, type Settled } from '../settled.ts'
import { referred } from './ref.ts'

/** Puts in what is known, and leaves a function of the rest. */
export const sub: EarlyFunction = {
  name: 'Fn::Sub',

  settle(argument, scope, settle, at) {
    const [text, variables = {}, ...more] = isList(argument) ? argument : [argument]
    if (typeof text !== 'string' || !isMap(variables) || more.length > 0) throw malformed('Fn::Sub', at)
    const given = settleVariables(variables, scope, settle)
    const parts = subParts(text).map((part) => {
      if ('text' in part) return part
      checkSubName(part.name, at)
      return { name: part.name, text: textFor(part.name, given, scope) }
    })
    scope.budget.spend(parts.reduce((length, part) => length + (part.text?.length ?? 0), 1))
    const missing = parts.filter((part) => part.text === undefined)
    if (missing.length === 0) return known(parts.map(({ text: own = '' }) => own).join(''))
    const used = missing.flatMap((part) => ('name' in part && given.has(part.name) ? [part.name] : []))
    return left({ 'Fn::Sub': leftOver(parts, used, given) })
  },
}

function settleVariables(variables: ValueMap, scope: EarlyScope, settle: Settle): ReadonlyMap<string, Settled> {
  return new Map(Object.entries(variables).map(([name, value]) => [name, settle(writtenAs(variables, name, value), scope)]))
}

/** `3.0` goes into a text as it is written. */
const writtenAs = (variables: ValueMap, name: string, value: Value): Value =>
  typeof value === 'number' ? (textOfMember(variables, name) ?? value) : value

function textFor(name: string, given: ReadonlyMap<string, Settled>, scope: EarlyScope): string | undefined {
  const settled = given.get(name) ?? referred(name, scope)
  if (settled?.kind !== 'known' || typeof settled.value === 'object') return undefined
  return String(settled.value)
}

type Part = { readonly text?: string | undefined; readonly name?: string }

function leftOver(parts: readonly Part[], used: readonly string[], given: ReadonlyMap<string, Settled>): Value {
  const text = parts.map((part) => (part.text === undefined ? `\${${part.name}}` : escaped(part.text))).join('')
  if (used.length === 0) return text
  const variables: ValueMap = {}
  for (const name of used) {
    const settled = given.get(name)
    variables[name] = settled === undefined || settled.kind === 'nothing' ? { Ref: 'AWS::NoValue' } : settled.value
  }
  return [text, variables]
}

/** What was put in is text, whatever it looks like. */
const escaped = (text: string): string => text.replaceAll('${', '${!')
