import { positionedAs } from '../../../template/position.ts'
import { isList, isMap, memberOf, textOfMember, type Value, type ValueList } from '../../../template/value.ts'
import { malformed, refused } from '../refused.ts'
import { type EarlyFunction, type EarlyScope, known, left } from '../settled.ts'

/** Names may be functions, and a fourth argument may say what counts where the mappings have nothing: `{DefaultValue: …}`. */
export const findInMap: EarlyFunction = {
  name: 'Fn::FindInMap',

  settle(argument, scope, settle, at) {
    if (!isList(argument) || argument.length < 3 || argument.length > 4) throw malformed('Fn::FindInMap', at)
    const options = argument[3] ?? {}
    if (!isMap(options)) throw malformed('Fn::FindInMap', at)
    const fallback = memberOf(options, 'DefaultValue')
    const names = settle(positionedAs(argument.slice(0, 3), argument), scope)
    if (names.kind === 'nothing' || !isList(names.value) || names.value.length !== 3) throw malformed('Fn::FindInMap', at)
    const path = textsOf(names.value)
    if (!path) {
      if (names.kind === 'known') throw malformed('Fn::FindInMap', at)
      return left({ 'Fn::FindInMap': [...names.value, ...argument.slice(3)] })
    }
    const found = lookUp(path, scope)
    if (found !== undefined) return known(found)
    if (fallback !== undefined) return settle(fallback, scope)
    // A resource that is not wanted may look for what is not there.
    if (scope.within.unwanted && argument.some((name) => isMap(name))) return left({ 'Fn::FindInMap': path })
    const [, key, attribute] = path
    const type = scope.within.type === undefined ? '' : ` on resourceType ${scope.within.type}`
    // unverified: that AWS says this of a mapping that is not there, too; it does of one that is empty.
    throw refused(`Mappings not found in template for key /${key}/${attribute}${type}`, at)
  },
}

function textsOf(names: ValueList): string[] | undefined {
  const texts = names.map((_, index) => textOfMember(names, index))
  return texts.every((text) => text !== undefined) ? texts : undefined
}

function lookUp(path: readonly string[], { mappings, budget }: EarlyScope): Value | undefined {
  const found = path.reduce<Value | undefined>((at, name) => (isMap(at) ? memberOf(at, name) : undefined), mappings)
  if (found === undefined || found === null) return undefined
  budget.spend(sizeOf(found))
  return found
}

function sizeOf(value: Value): number {
  if (isList(value)) return value.reduce<number>((size, item) => size + sizeOf(item), 1)
  return typeof value === 'string' ? value.length + 1 : 1
}
