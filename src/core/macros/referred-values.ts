import type { EvaluationScope } from '../template/scope.ts'
import { isList, textOfMember, type Value, type ValueList } from '../template/value.ts'

/** The values of parameters as `Ref` yields them, text or lists of text. What is neither has no value. */
export function referredValues(parameters: Readonly<Record<string, Value>>): EvaluationScope['parameters'] {
  const values = Object.entries(parameters).flatMap(([name, value]) => {
    const referred = isList(value) ? textsOf(value) : scalarText(value)
    return referred === undefined ? [] : [[name, referred] as const]
  })
  return Object.fromEntries(values)
}

function textsOf(list: ValueList): readonly string[] {
  return list.map((_, index) => textOfMember(list, index) ?? '')
}

function scalarText(value: Value): string | undefined {
  return typeof value === 'object' ? undefined : String(value)
}
