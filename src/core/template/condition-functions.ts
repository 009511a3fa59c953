import { templateError } from './intrinsics/intrinsic.ts'
import { type Position, positionOf } from './position.ts'
import { isList, isMap, textOfMember, type Value, type ValueList } from './value.ts'

/** How the operands of a condition are worked out: values by evaluation, names by what they stand for. */
export interface ConditionReader {
  value(value: Value): Value | undefined
  named(name: string, at: Position | undefined): boolean
}

/** A function that yields true or false. */
interface ConditionFunction {
  readonly shape: string
  readonly operands: { readonly least: number; readonly most: number; readonly are: 'conditions' | 'values' }
  truth(operands: ValueList, reader: ConditionReader): boolean
}

const CONDITION_FUNCTIONS: Readonly<Record<string, ConditionFunction>> = {
  'Fn::And': {
    shape: 'every Fn::And object requires a list of at least 2 and at most 10 boolean parameters.',
    operands: { least: 2, most: 10, are: 'conditions' },
    truth: (operands, reader) => operands.every((operand) => conditionTruth(operand, reader)),
  },
  'Fn::Or': {
    shape: 'every Fn::Or object requires a list of at least 2 and at most 10 boolean parameters.',
    operands: { least: 2, most: 10, are: 'conditions' },
    truth: (operands, reader) => operands.some((operand) => conditionTruth(operand, reader)),
  },
  'Fn::Not': {
    shape: 'every Fn::Not object requires one boolean parameter.',
    operands: { least: 1, most: 1, are: 'conditions' },
    truth: ([operand = null], reader) => !conditionTruth(operand, reader),
  },
  'Fn::Equals': {
    shape: 'every Fn::Equals object requires a list of 2 string parameters.',
    operands: { least: 2, most: 2, are: 'values' },
    truth: (operands, reader) => comparable(operands, 0, reader) === comparable(operands, 1, reader),
  },
  // The rest only in rules.
  'Fn::Contains': {
    shape: 'every Fn::Contains object requires a list of strings and a string.',
    operands: { least: 2, most: 2, are: 'values' },
    truth: (operands, reader) => members(operands, 0, reader).includes(comparable(operands, 1, reader)),
  },
  'Fn::EachMemberEquals': {
    shape: 'every Fn::EachMemberEquals object requires a list of strings and a string.',
    operands: { least: 2, most: 2, are: 'values' },
    truth: (operands, reader) => members(operands, 0, reader).every((member) => member === comparable(operands, 1, reader)),
  },
  'Fn::EachMemberIn': {
    shape: 'every Fn::EachMemberIn object requires two lists of strings.',
    operands: { least: 2, most: 2, are: 'values' },
    truth: (operands, reader) => {
      const allowed = members(operands, 1, reader)
      return members(operands, 0, reader).every((member) => allowed.includes(member))
    },
  },
}

const ONLY_IN_RULES = new Set(['Fn::Contains', 'Fn::EachMemberEquals', 'Fn::EachMemberIn'])

/** Refuses what is no condition, in AWS's words. `named` is asked for every condition that is mentioned. */
export function checkCondition(
  value: Value,
  where: 'Conditions' | 'Rules',
  visit: { named(name: string, at: Position | undefined): void; value(value: Value): void },
  within: Position | undefined,
): void {
  const at = positionOf(value) ?? within
  const name = conditionNameIn(value)
  if (name !== undefined) {
    visit.named(name, at)
    return
  }
  const call = callIn(value)
  // unverified: the wording.
  if (!call || (where === 'Conditions' && ONLY_IN_RULES.has(call.name)))
    throw templateError('every condition must be one of Fn::And, Fn::Equals, Fn::Not, Fn::Or or Condition', at)
  const { shape, operands } = call.function
  const { argument } = call
  if (!isList(argument) || argument.length < operands.least || argument.length > operands.most) throw templateError(shape, at)
  for (const operand of argument) {
    if (operand === null) throw templateError(shape, at)
    if (operands.are === 'conditions') checkCondition(operand, where, visit, at)
    else visit.value(operand)
  }
}

/** What a checked condition comes to. */
export function conditionTruth(value: Value, reader: ConditionReader): boolean {
  const name = conditionNameIn(value)
  if (name !== undefined) return reader.named(name, positionOf(value))
  const call = callIn(value)
  if (!call || !isList(call.argument)) throw templateError('a condition was expected', positionOf(value))
  return call.function.truth(call.argument, reader)
}

function conditionNameIn(value: Value): string | undefined {
  return isMap(value) && Object.keys(value).length === 1 && typeof value['Condition'] === 'string'
    ? value['Condition']
    : undefined
}

function callIn(value: Value): { name: string; function: ConditionFunction; argument: Value } | undefined {
  const [name, ...others] = isMap(value) ? Object.keys(value) : []
  if (name === undefined || others.length > 0 || !isMap(value) || !Object.hasOwn(CONDITION_FUNCTIONS, name)) return undefined
  const found = CONDITION_FUNCTIONS[name]
  return found && { name, function: found, argument: value[name] ?? null }
}

/** Values compare as the texts they are written as: the parameter `"true"` equals a literal `true`. */
function comparable(operands: ValueList, index: number, reader: ConditionReader): string {
  const operand = operands[index] ?? null
  if (typeof operand !== 'object') return textOfMember(operands, index) ?? ''
  const value = reader.value(operand)
  return typeof value === 'object' ? JSON.stringify(value) : String(value ?? '')
}

function members(operands: ValueList, index: number, reader: ConditionReader): readonly string[] {
  const value = reader.value(operands[index] ?? null)
  return isList(value) ? value.map((_, at) => textOfMember(value, at) ?? '') : [String(value ?? '')]
}
