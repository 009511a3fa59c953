import { known } from '../scope.ts'
import { isList, isMap, memberOf, textOfMember, type Value } from '../value.ts'
import { type Intrinsic, templateError, whenKnown } from './intrinsic.ts'

const SHAPE = 'every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value'

export const findInMap: Intrinsic = {
  name: 'Fn::FindInMap',

  check(argument, at) {
    if (!isList(argument) || argument.length !== 3) throw templateError(SHAPE, at)
    if (argument.some((part) => part === null || isList(part))) throw templateError(SHAPE, at)
  },

  evaluate(argument, scope, evaluate, at) {
    return whenKnown(evaluate(argument, scope), (names) => {
      if (!isList(names) || names.length !== 3) throw templateError(SHAPE, at)
      const path = names.map((_, index) => textOfMember(names, index) ?? '')
      const found = path.reduce<Value | undefined>((at, name) => (isMap(at) ? memberOf(at, name) : undefined), scope.mappings)
      if (found === undefined) throw templateError(`Unable to get mapping for ${path.join('::')}`, at)
      return known(found)
    })
  },
}
