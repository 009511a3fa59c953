import { isList, textOfMember, type ValueList } from '../../../template/value.ts'
import { malformed } from '../refused.ts'
import { type EarlyFunction, known, left } from '../settled.ts'

export const join: EarlyFunction = {
  name: 'Fn::Join',

  settle(argument, scope, settle, at) {
    const [delimiter, items] = isList(argument) && argument.length === 2 ? argument : []
    if (delimiter === undefined || items === undefined) throw malformed('Fn::Join', at)
    const between = settle(delimiter, scope)
    const list = settle(items, scope)
    if (between.kind === 'nothing' || list.kind === 'nothing') throw malformed('Fn::Join', at)
    if (between.kind === 'left' || list.kind === 'left') return left({ 'Fn::Join': [between.value, list.value] })
    const texts = isList(list.value) ? textsOf(list.value) : undefined
    if (typeof between.value !== 'string' || !texts) throw malformed('Fn::Join', at)
    // Before it is made: a long delimiter makes much of a short list.
    scope.budget.spend(texts.reduce((length, text) => length + text.length + String(between.value).length, 0))
    return known(texts.join(between.value))
  },
}

function textsOf(list: ValueList): readonly string[] | undefined {
  const texts = list.map((_, index) => textOfMember(list, index))
  return texts.every((text) => text !== undefined) ? texts : undefined
}
