import { isList, isMap, type Value, type ValueMap } from '../../template/value.ts'
import { copyOf, put } from '../copy.ts'
import { isIntrinsic } from '../intrinsics.ts'
import { ascii } from '../python.ts'

/**
 * A definition as text, which CloudFormation fills in: what is known only when the stack is made is moved out of it, under names
 * that the text refers to.
 */
export function definitionText(definition: ValueMap): { text: ValueMap; substitutions: ValueMap } {
  const substitutions: ValueMap = {}
  const replaced = substitute(copyOf(definition), (value) => {
    const name = `definition_substitution_${Object.keys(substitutions).length + 1}`
    substitutions[name] = value
    return `\${${name}}`
  })
  const lines = ascii(JSON.stringify(replaced, undefined, 4)).split('\n')
  return { text: { 'Fn::Join': ['\n', lines] }, substitutions }
}

/** In the order of the keys, by which the names are numbered. */
function substitute(node: Value, moveOut: (value: Value) => string): Value {
  if (isList(node)) return node.map((member) => (isDynamic(member) ? moveOut(member) : substitute(member, moveOut)))
  if (!isMap(node)) return node
  const sorted: ValueMap = {}
  for (const key of Object.keys(node).sort()) {
    const member = node[key]!
    put(sorted, key, isDynamic(member) ? moveOut(member) : substitute(member, moveOut))
  }
  return sorted
}

function isDynamic(value: Value): boolean {
  return isIntrinsic(value) || (typeof value === 'string' && /^\{\{resolve:([a-z-]+):(.+)\}\}$/.test(value))
}
