import { declaredParameters, type ParameterDeclaration } from '../template/parameter-declarations.ts'
import { parameterTypeOf, splitList } from '../template/parameter-types.ts'
import type { EvaluationScope } from '../template/scope.ts'
import { isList, textOfMember, type Value, type ValueMap } from '../template/value.ts'

type Referred = string | readonly string[]

/** The values of a template's parameters as `Ref` yields them: as given, else by default. What is neither text nor list has no value. */
export function referredValues(template: ValueMap, given: Readonly<Record<string, Value>>): EvaluationScope['parameters'] {
  const values = new Map<string, Referred>()
  for (const declaration of declaredParameters(template)) {
    const value = defaultOf(declaration)
    if (value !== undefined) values.set(declaration.key, value)
  }
  for (const [name, written] of Object.entries(given)) {
    const value = referred(written)
    if (value !== undefined) values.set(name, value)
  }
  return Object.fromEntries(values)
}

/** What a parameter of Systems Manager holds is not known from its name. */
function defaultOf({ type, default: text }: ParameterDeclaration): Referred | undefined {
  const kind = parameterTypeOf(type)?.kind
  if (text === undefined || kind === 'ssm' || kind === 'ssm-list') return undefined
  return kind === 'CommaDelimitedList' || kind === 'List<Number>' ? splitList(text) : text
}

function referred(value: Value): Referred | undefined {
  if (isList(value)) return value.map((_, index) => textOfMember(value, index) ?? '')
  return typeof value === 'object' ? undefined : String(value)
}
