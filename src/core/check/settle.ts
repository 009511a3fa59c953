import { AwsError } from '../aws/aws-error.ts'
import { dnsSuffixOf, partitionOf } from '../aws/scope.ts'
import { conditionTruth } from '../template/condition-functions.ts'
import { scopeOfParameters, sectionOf, valueIn } from '../template/conditions.ts'
import { functionNameOf } from '../template/intrinsics/registry.ts'
import { positionedAs, positionOf } from '../template/position.ts'
import { isList, isMap, memberOf, textOfMember, type Value, type ValueMap } from '../template/value.ts'
import { textOf } from './text-of.ts'

/** Works values out as far as a template alone allows: what depends on what is deployed stays the function that it is. */
export interface Settler {
  /** Nothing for `AWS::NoValue`. What you get may be the value itself: never change it. */
  settle(value: Value): Value | undefined
  /** Nothing where the condition depends on a parameter without a value. */
  condition(name: string): boolean | undefined
}

/** `parameters` has the values of those that have one. */
export function settlerOf(template: ValueMap, parameters: Readonly<Record<string, Value>>, region: string): Settler {
  const variables: ValueMap = {
    ...parameters,
    'AWS::Region': region,
    'AWS::Partition': partitionOf(region),
    'AWS::URLSuffix': dnsSuffixOf(region),
  }
  const conditions = sectionOf(template, 'Conditions')
  const truths = new Map<string, boolean | undefined>()

  const condition = (name: string): boolean | undefined => {
    if (truths.has(name)) return truths.get(name)
    // A condition that depends on itself never becomes known.
    truths.set(name, undefined)
    const written = memberOf(conditions, name)
    const truth = written === undefined ? undefined : attempt(() => conditionTruth(written, { named, value: operand }))
    truths.set(name, truth)
    return truth
  }
  const named = (name: string) => condition(name) ?? giveUp()
  const operand = (value: Value) => {
    const settled = settle(value)
    return settled !== undefined && hasFunction(settled) ? giveUp() : settled
  }

  const settle = (value: Value): Value | undefined => {
    const name = functionNameOf(value)
    if (name !== undefined && isMap(value)) return settleCall(name, value)
    if (isList(value)) return positionedAs(settledItems(value), value)
    if (!isMap(value)) return value
    const entries = Object.entries(value).flatMap(([key, member]) => {
      const settled = settle(member)
      return settled === undefined ? [] : [[key, settled] as const]
    })
    return positionedAs(Object.fromEntries(entries), value)
  }
  const settledItems = (list: readonly Value[]) => list.flatMap((item) => [settle(item)].filter((one) => one !== undefined))

  const settleCall = (name: string, call: ValueMap): Value | undefined => {
    const argument = call[name] ?? null
    if (name === 'Ref') return argument === 'AWS::NoValue' ? undefined : (memberOf(variables, textOf(argument) ?? '') ?? call)
    if (name === 'Fn::Sub') return positioned(substituted(argument), call)
    if (name === 'Fn::If' && isList(argument)) {
      const [which, then = null, otherwise = null] = argument
      const truth = condition(textOf(which) ?? '')
      if (truth !== undefined) return settle(truth ? then : otherwise)
    }
    const settled = isList(argument) ? positionedAs(settledItems(argument), argument) : settle(argument)
    const made = positionedAs({ [name]: settled ?? null }, call)
    if (!PURE.has(name) || settled === undefined || hasFunction(settled)) return made
    const scope = scopeOfParameters(template, {}, NOWHERE)
    return positioned(attempt(() => valueIn(made, scope)) ?? made, call)
  }

  const substituted = (argument: Value): Value => {
    const [text = null, given] = isList(argument) ? argument : [argument]
    if (typeof text !== 'string') return { 'Fn::Sub': argument }
    const own = isMap(given) ? given : {}
    const open: ValueMap = {}
    const result = text.replace(/\$\{([^!{}][^{}]*)\}/g, (whole, variable: string) => {
      const written = memberOf(own, variable)
      const value = written === undefined ? memberOf(variables, variable) : settle(written)
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        return (written === undefined ? undefined : textOfMember(own, variable)) ?? String(value)
      if (written !== undefined && value !== undefined) open[variable] = value
      return whole
    })
    if (!/\$\{[^!}]/.test(result)) return result.replaceAll('${!', '${')
    return { 'Fn::Sub': Object.keys(open).length > 0 ? [result, open] : result }
  }

  return { settle, condition }
}

/** Functions whose result follows from their arguments and the template's mappings. */
const PURE = new Set(['Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::FindInMap'])

const NOWHERE = {
  AccountId: '',
  Region: '',
  Partition: '',
  StackId: '',
  StackName: '',
  URLSuffix: '',
  NotificationARNs: [],
}

/** Whether a value still has a function in it. */
function hasFunction(value: Value): boolean {
  if (functionNameOf(value) !== undefined) return true
  if (isList(value)) return value.some(hasFunction)
  return isMap(value) && Object.values(value).some(hasFunction)
}

function positioned(value: Value, origin: ValueMap): Value {
  const placeless = (isMap(value) || isList(value)) && positionOf(value) === undefined
  return placeless ? positionedAs(value, origin) : value
}

class NotKnown extends Error {}

function giveUp(): never {
  throw new NotKnown()
}

/** What cannot be worked out is not known; whether it is a mistake is not asked here. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof NotKnown || error instanceof AwsError) return undefined
    throw error
  }
}
