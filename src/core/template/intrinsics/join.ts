import { KNOWN_AFTER_APPLY, known, unknown } from '../scope.ts'
import { isList, textOfMember } from '../value.ts'
import { type Intrinsic, templateError, whenKnown } from './intrinsic.ts'

const SHAPE =
  'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.'

export const join: Intrinsic = {
  name: 'Fn::Join',

  check(argument, at) {
    const [delimiter, items] = isList(argument) && argument.length === 2 ? argument : []
    if (typeof delimiter !== 'string' || typeof items !== 'object' || items === null) throw templateError(SHAPE, at)
  },

  evaluate(argument, scope, evaluate, at) {
    const [delimiter, items] = argument as [string, never]
    const evaluated = evaluate(items, scope)
    // A list whose length is known but not its members is a text that nobody knows, whatever it would be made of.
    if (evaluated.kind === 'unknown') return unknown(evaluated.awaits, KNOWN_AFTER_APPLY)
    return whenKnown(evaluated, (list) => {
      if (!isList(list)) throw templateError(SHAPE, at)
      const texts = list.map((_, index) => textOfMember(list, index))
      if (texts.includes(undefined)) throw templateError(SHAPE, at)
      return known(texts.join(delimiter))
    })
  },
}
