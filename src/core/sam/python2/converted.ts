import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'

const CONVERTED: unique symbol = Symbol('postern.sam.converted')

interface Convertible {
  [CONVERTED]?: true
}

/** AWS takes this map or list for one of Python 2. Those in it are taken so by `convertThroughout`. */
export function convert(node: ValueMap | ValueList): void {
  ;(node as Convertible)[CONVERTED] = true
}

/** AWS takes the value, and every map and list in it, for those of Python 2. */
export function convertThroughout(value: Value | undefined): void {
  if (!isMap(value) && !isList(value)) return
  convert(value)
  for (const member of Object.values(value)) convertThroughout(member)
}

export function isConverted(node: ValueMap | ValueList): boolean {
  return (node as Convertible)[CONVERTED] ?? false
}
