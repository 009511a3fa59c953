import { isList } from '../../../template/value.ts'
import { malformed } from '../refused.ts'
import { type EarlyFunction, known, left } from '../settled.ts'

export const split: EarlyFunction = {
  name: 'Fn::Split',

  settle(argument, scope, settle, at) {
    const [delimiter, source] = isList(argument) && argument.length === 2 ? argument : []
    if (typeof delimiter !== 'string' || delimiter === '' || source === undefined) throw malformed('Fn::Split', at)
    const text = settle(source, scope)
    if (text.kind === 'left') return left({ 'Fn::Split': [delimiter, text.value] })
    if (text.kind === 'nothing' || typeof text.value === 'object') throw malformed('Fn::Split', at)
    const parts = String(text.value).split(delimiter)
    scope.budget.spend(parts.length)
    return known(parts)
  },
}
