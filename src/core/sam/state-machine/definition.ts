import { isList, isMap, textOfMember, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { isIntrinsic } from '../intrinsics.ts'
import { json } from '../python.ts'
import { numberRepr } from '../python2/definition-text.ts'

/**
 * A definition as text, which CloudFormation fills in: what is known only when the stack is made is moved out of it, under names
 * that the text refers to. They are numbered in the order of the text, which is that of the sorted keys.
 */
export function definitionText(definition: ValueMap): { text: ValueMap; substitutions: ValueMap } {
  const substitutions: ValueMap = {}
  let count = 0
  const moveOut = (value: Value) => {
    const name = `definition_substitution_${++count}`
    substitutions[name] = value
    return `"\${${name}}"`
  }
  return { text: { 'Fn::Join': ['\n', printedMap(definition, '', moveOut).split('\n')] }, substitutions }
}

type MoveOut = (value: Value) => string

function printedMap(map: ValueMap, indent: string, moveOut: MoveOut): string {
  const members = Object.keys(map)
    .sort()
    .map((key) => `${json(key)}: ${printed(map, key, `${indent}    `, moveOut)}`)
  return block('{', members, '}', indent)
}

function printed(holder: ValueMap | ValueList, key: string | number, indent: string, moveOut: MoveOut): string {
  const value = (holder as ValueMap)[key] ?? null
  if (isDynamic(value)) return moveOut(value)
  if (isMap(value)) return printedMap(value, indent, moveOut)
  if (isList(value)) {
    const items = value.map((_, index) => printed(value, index, `${indent}    `, moveOut))
    return block('[', items, ']', indent)
  }
  // `L` marks a long integer of Python 2 only.
  return typeof value === 'number' ? numberRepr(value, textOfMember(holder, key)).replace(/L$/, '') : json(value)
}

function block(open: string, members: readonly string[], close: string, indent: string): string {
  if (members.length === 0) return open + close
  return `${open}\n${members.map((member) => `${indent}    ${member}`).join(',\n')}\n${indent}${close}`
}

function isDynamic(value: Value): boolean {
  return isIntrinsic(value) || (typeof value === 'string' && /^\{\{resolve:([a-z-]+):(.+)\}\}$/.test(value))
}
