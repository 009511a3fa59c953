import { isList, isMap, type Value, type ValueMap } from '../../template/value.ts'
import { copyOf, put } from '../copy.ts'
import { sub } from '../intrinsics.ts'

/**
 * Puts values where a profile's table names them, as in `%{Source.Arn}`. Text around a name becomes an `Fn::Sub`, since what is
 * put there may be an intrinsic function.
 */
export function filled(value: Value, valueFor: (variable: string) => Value): Value {
  if (isList(value)) return value.map((item) => filled(item, valueFor))
  if (isMap(value)) {
    const made: ValueMap = {}
    for (const [key, item] of Object.entries(value)) put(made, key, filled(item, valueFor))
    return made
  }
  return typeof value === 'string' ? filledText(value, valueFor) : value
}

function filledText(text: string, valueFor: (variable: string) => Value): Value {
  const alone = /^%\{([\w.]+)\}$/.exec(text)?.[1]
  if (alone !== undefined) return copyOf(valueFor(alone))
  const used: ValueMap = {}
  const replaced = text.replace(/%\{([\w.]+)\}/g, (_, variable: string) => {
    const name = variable.replaceAll('.', '')
    used[name] = copyOf(valueFor(variable))
    return `\${${name}}`
  })
  if (!replaced.includes('${')) return text
  return Object.keys(used).length > 0 ? sub(replaced, used) : sub(replaced)
}
