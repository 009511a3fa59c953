import { known } from '../scope.ts'
import { isList } from '../value.ts'
import { type Intrinsic, templateError, whenKnown } from './intrinsic.ts'

const SHAPE =
  'every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.'

export const split: Intrinsic = {
  name: 'Fn::Split',

  check(argument, at) {
    const [delimiter, text] = isList(argument) && argument.length === 2 ? argument : []
    if (typeof delimiter !== 'string' || delimiter === '' || text === undefined || text === null || isList(text))
      throw templateError(SHAPE, at)
  },

  evaluate(argument, scope, evaluate, at) {
    const [delimiter, source] = argument as [string, never]
    return whenKnown(evaluate(source, scope), (text) => {
      if (typeof text !== 'string' && typeof text !== 'number') throw templateError(SHAPE, at)
      return known(String(text).split(delimiter))
    })
  },
}
