import type { ParameterDeclaration } from './parameter-declarations.ts'
import { parameterTypeOf, splitList } from './parameter-types.ts'

/** What is wrong with a parameter's value in AWS's words, or nothing. */
export function violationOf(declaration: ParameterDeclaration, text: string): string | undefined {
  const { key, allowedValues, constraintDescription } = declaration
  const kind = parameterTypeOf(declaration.type)?.kind
  const members = kind === 'CommaDelimitedList' || kind === 'List<Number>' ? splitList(text) : [text]

  const numeric = kind === 'Number' || kind === 'List<Number>'
  if (numeric && !members.every(isNumber))
    return kind === 'Number' ? `Parameter '${key}' must be a number.` : `Parameter '${key}' must be a list of numbers.`
  if (allowedValues && !members.every((member) => allowedValues.includes(member)))
    return described(`Parameter '${key}' must be one of AllowedValues`)

  const violated = numeric ? outOfRange(declaration, members.map(Number)) : malformed(declaration, members)
  return violated && described(`Parameter '${key}' ${violated}`)

  function described(text: string): string {
    return constraintDescription === undefined ? text : `Parameter ${key} failed to satisfy constraint: ${constraintDescription}`
  }
}

function isNumber(text: string): boolean {
  return /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(text.trim())
}

// unverified: the wording of bounds and lengths; that of the pattern is known.
function outOfRange({ minValue, maxValue }: ParameterDeclaration, members: readonly number[]): string | undefined {
  if (minValue !== undefined && members.some((member) => member < minValue)) return `must be a number not less than ${minValue}`
  if (maxValue !== undefined && members.some((member) => member > maxValue))
    return `must be a number not greater than ${maxValue}`
  return undefined
}

function malformed(declaration: ParameterDeclaration, members: readonly string[]): string | undefined {
  const { minLength, maxLength, allowedPattern } = declaration
  if (minLength !== undefined && members.some((member) => member.length < minLength))
    return `must contain at least ${minLength} characters`
  if (maxLength !== undefined && members.some((member) => member.length > maxLength))
    return `must contain at most ${maxLength} characters`
  if (allowedPattern !== undefined && !members.every((member) => matches(member, allowedPattern)))
    return `must match pattern ${allowedPattern}`
  return undefined
}

/** The pattern speaks of the whole value. One that JavaScript cannot read (AWS reads Java's) is nothing to refuse a value for. */
function matches(text: string, pattern: string): boolean {
  let expression: RegExp
  try {
    expression = new RegExp(`^(?:${pattern})$`, 's')
  } catch {
    return true
  }
  return expression.test(text)
}
