import { known } from '../scope.ts'
import { isList, isMap } from '../value.ts'
import { type Intrinsic, templateError, whenKnown } from './intrinsic.ts'

const SHAPE = 'Fn::Select requires a list argument with two elements: an integer index and a list'

export const select: Intrinsic = {
  name: 'Fn::Select',

  check(argument, at) {
    const [index, list] = isList(argument) && argument.length === 2 ? argument : []
    if (index === undefined || list === undefined) throw templateError(SHAPE, at)
    if (!isMap(index) && !isIndex(index)) throw templateError(SHAPE, at)
    if (!isMap(list) && !isList(list)) throw templateError(SHAPE, at)
    if (isList(list) && isIndex(index) && Number(index) >= list.length) throw templateError(SHAPE, at)
  },

  evaluate(argument, scope, evaluate, at) {
    const [indexArgument, listArgument] = argument as [never, never]
    return whenKnown(evaluate(indexArgument, scope), (index) => {
      if (!isIndex(index)) throw templateError(SHAPE, at)
      // Only the chosen member has to be known: the others may belong to resources that do not exist yet.
      const items: unknown = listArgument
      const written = isList(items) ? items[Number(index)] : undefined
      if (isList(items) && !items.some(isMap) && written !== undefined) return evaluate(written, scope)
      return whenKnown(evaluate(listArgument, scope), (list) => {
        const chosen = isList(list) ? list[Number(index)] : undefined
        if (chosen === undefined || chosen === null) throw templateError(SHAPE, at)
        return known(chosen)
      })
    })
  },
}

function isIndex(value: unknown): boolean {
  return /^\d+$/.test(typeof value === 'number' || typeof value === 'string' ? String(value) : '')
}
