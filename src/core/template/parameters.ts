import { AwsError } from '../aws/aws-error.ts'
import { violationOf } from './parameter-constraints.ts'
import { declaredParameters, type ParameterDeclaration } from './parameter-declarations.ts'
import { parameterTypeOf, splitList } from './parameter-types.ts'
import type { ValueMap } from './value.ts'

export { declaredParameters, type ParameterDeclaration } from './parameter-declarations.ts'

/** A parameter's value as a caller gives it. */
export interface GivenParameter {
  readonly key: string
  readonly value?: string
  readonly usePrevious?: boolean
}

/** Answers for parameter types whose value names something else. */
export interface ParameterLookups {
  /** The text of a Systems Manager parameter, or nothing where there is none. */
  ssm?(name: string): string | undefined
}

export interface ResolvedParameters {
  /** As `Ref` yields them: text, or a list for list types. */
  readonly values: Readonly<Record<string, string | readonly string[]>>
  /** As given, to be the `previous` of the next update. */
  readonly texts: Readonly<Record<string, string>>
  /** As they may be shown: `NoEcho` values are `****`. */
  readonly shown: Readonly<Record<string, string>>
  /** What Systems Manager parameters resolved to, for those alone. */
  readonly resolved: Readonly<Record<string, string>>
}

/** Gives every declared parameter its value: as given, as before, or by default. Refuses in AWS's words. */
export function resolveParameters(
  template: ValueMap,
  given: readonly GivenParameter[],
  previous: Readonly<Record<string, string>>,
  lookups: ParameterLookups = {},
): ResolvedParameters {
  const declarations = declaredParameters(template)
  const texts = textsOf(declarations, given, previous)
  for (const declaration of declarations) {
    const violation = violationOf(declaration, texts[declaration.key] ?? '')
    if (violation) throw refusal(violation, declaration)
  }

  const values: Record<string, string | readonly string[]> = {}
  const resolved: Record<string, string> = {}
  for (const declaration of declarations) {
    const { key, type } = declaration
    const text = texts[key] ?? ''
    const kind = parameterTypeOf(type)?.kind
    const isNamed = kind === 'ssm' || kind === 'ssm-list'
    const value = isNamed ? lookUp(declaration, text, lookups) : text
    if (isNamed) resolved[key] = value
    const isListed = kind === 'CommaDelimitedList' || kind === 'List<Number>' || kind === 'ssm-list'
    values[key] = isListed ? splitList(value) : value
  }
  const shown = Object.fromEntries(declarations.map(({ key, noEcho }) => [key, noEcho ? '****' : (texts[key] ?? '')]))
  return { values, texts, shown, resolved }
}

function textsOf(
  declarations: readonly ParameterDeclaration[],
  given: readonly GivenParameter[],
  previous: Readonly<Record<string, string>>,
): Record<string, string> {
  const byKey = new Map(given.map((parameter) => [parameter.key, parameter]))
  const declared = new Set(declarations.map(({ key }) => key))
  const unknown = [...byKey.keys()].filter((key) => !declared.has(key))
  if (unknown.length > 0) throw refusal(`Parameters: [${unknown.join(', ')}] do not exist in the template`)

  const texts: Record<string, string> = {}
  const missing: ParameterDeclaration[] = []
  for (const declaration of declarations) {
    const { key } = declaration
    const parameter = byKey.get(key)
    const text = parameter?.usePrevious ? previousText(parameter, previous) : (parameter?.value ?? declaration.default)
    if (text === undefined) missing.push(declaration)
    else texts[key] = text
  }
  if (missing.length > 0) throw refusal(`Parameters: [${missing.map(({ key }) => key).join(', ')}] must have values`, missing[0])
  return texts
}

function previousText({ key, value }: GivenParameter, previous: Readonly<Record<string, string>>): string {
  const prefix = `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true`
  if (value) throw refusal(`${prefix} and non empty value for a parameter`)
  const text = Object.hasOwn(previous, key) ? previous[key] : undefined
  if (text === undefined) throw refusal(`${prefix} for a parameter key not in the previous template`)
  return text
}

function lookUp(declaration: ParameterDeclaration, name: string, { ssm }: ParameterLookups): string {
  const { key, type } = declaration
  if (!ssm)
    throw refusal(
      `parameter \`${key}\` has the type \`${type}\`, which Postern does not support: give the value itself`,
      declaration,
    )
  const found = ssm(name)
  // AWS says this of a Systems Manager parameter that does not exist, although a name was given.
  if (found === undefined) throw refusal(`Parameter ${key} should either have input value or default value`, declaration)
  return found
}

function refusal(message: string, declaration?: ParameterDeclaration): AwsError {
  return new AwsError('ValidationError', message, { position: declaration?.position })
}
