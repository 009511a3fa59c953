import type { Position } from '../position.ts'
import { type Evaluated, type EvaluationScope, isPseudoParameter, known, type ResourceReference, unknown } from '../scope.ts'
import { isList, isMap, memberOf, textOfMember, type Value, type ValueMap } from '../value.ts'
import { attributeOf } from './get-att.ts'
import { type Evaluate, type Intrinsic, templateError } from './intrinsic.ts'
import { ref } from './ref.ts'

const SHAPE =
  "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string"

/** What a `Fn::Sub` text is made of. `${!Name}` is the text `${Name}`. */
type SubPart = { readonly text: string } | { readonly name: string }

export const sub: Intrinsic = {
  name: 'Fn::Sub',

  check(argument, at) {
    const [text, variables] = argumentsOf(argument)
    const wellFormed = typeof text === 'string' && (variables === undefined || isMap(variables))
    if (!wellFormed || (isList(argument) && argument.length > 2)) throw templateError(SHAPE, at)
    for (const part of subParts(text)) if ('name' in part) checkSubName(part.name, at)
  },

  references(argument) {
    const [text, variables] = argumentsOf(argument)
    if (typeof text !== 'string') return []
    return subParts(text).flatMap((part) => {
      if ('text' in part || isPseudoParameter(part.name)) return []
      if (isMap(variables) && Object.hasOwn(variables, part.name)) return []
      return [referenceOf(part.name)]
    })
  },

  evaluate(argument, scope, evaluate, at) {
    const [text, variables] = argumentsOf(argument)
    const parts = subParts(String(text)).map((part) =>
      'text' in part ? known(part.text) : variable(part.name, isMap(variables) ? variables : {}, scope, evaluate, at),
    )
    const missing = parts.filter((part) => part.kind === 'unknown')
    if (missing.length > 0) return unknown(missing.flatMap(({ awaits }) => awaits))
    return known(parts.map((part) => (part.kind === 'value' ? scalarText(part.value, at) : '')).join(''))
  },
}

function argumentsOf(argument: Value): readonly [Value | undefined, Value | undefined] {
  return isList(argument) ? [argument[0], argument[1]] : [argument, undefined]
}

export function subParts(text: string): readonly SubPart[] {
  const parts: SubPart[] = []
  let end = 0
  for (let start = text.indexOf('${'); start >= 0; start = text.indexOf('${', end)) {
    const close = text.indexOf('}', start)
    if (close < 0) break
    if (start > end) parts.push({ text: text.slice(end, start) })
    const name = text.slice(start + 2, close)
    parts.push(name.startsWith('!') ? { text: `\${${name.slice(1)}}` } : { name: name.trim() })
    end = close + 1
  }
  if (end < text.length) parts.push({ text: text.slice(end) })
  return parts
}

export function checkSubName(name: string, at: Position | undefined) {
  if (!/^[A-Za-z0-9_.:]+$/.test(name))
    throw templateError(
      'variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
      at,
    )
}

function referenceOf(name: string): ResourceReference {
  const dot = name.indexOf('.')
  return dot < 0 ? { logicalId: name } : { logicalId: name.slice(0, dot), attribute: name.slice(dot + 1) }
}

function variable(
  name: string,
  variables: ValueMap,
  scope: EvaluationScope,
  evaluate: Evaluate,
  at: Position | undefined,
): Evaluated {
  const given = memberOf(variables, name)
  if (given !== undefined) {
    const text = textOfMember(variables, name)
    return text === undefined ? evaluate(given, scope) : known(text)
  }
  const { logicalId, attribute } = referenceOf(name)
  if (name.startsWith('AWS::') || attribute === undefined) return ref.evaluate(name, scope, evaluate, at)
  return attributeOf(logicalId, attribute, scope, at)
}

function scalarText(value: Value, at: Position | undefined): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw templateError('Fn::Sub expression does not resolve to a string', at)
}
