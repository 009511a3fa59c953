import { isList, type Value } from '../../../template/value.ts'
import { malformed, refused } from '../refused.ts'
import { type EarlyFunction, known, left, type Settled } from '../settled.ts'

export const select: EarlyFunction = {
  name: 'Fn::Select',

  settle(argument, scope, settle, at) {
    const [position, items] = isList(argument) && argument.length === 2 ? argument : []
    if (position === undefined || items === undefined) throw malformed('Fn::Select', at)
    const index = settle(position, scope)
    // Only the chosen item has to be known, so those of a list that is written out are settled one by one.
    const choices = isList(items) ? items.map((item) => settle(item, scope)).filter(isThere) : undefined
    const list = choices ? left(choices.map(({ value }) => value)) : settle(items, scope)
    if (index.kind === 'nothing' || list.kind === 'nothing') throw malformed('Fn::Select', at)
    if (index.kind === 'left' || (list.kind === 'left' && !choices)) return left({ 'Fn::Select': [index.value, list.value] })
    if (!isIndex(index.value) || !isList(list.value)) throw malformed('Fn::Select', at)
    const found = list.value[Number(index.value)]
    // Measured: https://github.com/ministackorg/ministack/pull/1739
    if (found === undefined) throw refused(`Fn::Select cannot select nonexistent value at index ${index.value}`, at)
    return choices?.[Number(index.value)] ?? known(found)
  },
}

const isThere = (settled: Settled): settled is Exclude<Settled, { kind: 'nothing' }> => settled.kind !== 'nothing'

const isIndex = (value: Value): value is string | number => typeof value !== 'object' && /^-?\d+$/.test(String(value))
