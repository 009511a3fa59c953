import { positionedAs } from '../position.ts'
import { known } from '../scope.ts'
import { isList, isMap, memberOf, textOfMember, type Value, type ValueList } from '../value.ts'
import { type Intrinsic, templateError, whenKnown } from './intrinsic.ts'

const SHAPE = 'every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value'

/**
 * A fourth argument may be `{DefaultValue: …}`: what counts where the mappings have nothing.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap-enhancements.html
 */
export const findInMap: Intrinsic = {
  name: 'Fn::FindInMap',

  check(argument, at) {
    if (!isList(argument) || argument.length < 3 || argument.length > 4) throw templateError(SHAPE, at)
    if (argument.some((part) => part === null || isList(part))) throw templateError(SHAPE, at)
    if (argument.length === 4 && defaultOf(argument) === undefined) throw templateError(SHAPE, at)
  },

  evaluate(argument, scope, evaluate, at) {
    const written = isList(argument) ? argument : []
    return whenKnown(evaluate(positionedAs(written.slice(0, 3), written), scope), (names) => {
      if (!isList(names) || names.length !== 3) throw templateError(SHAPE, at)
      const path = names.map((_, index) => textOfMember(names, index) ?? '')
      const found = path.reduce<Value | undefined>((at, name) => (isMap(at) ? memberOf(at, name) : undefined), scope.mappings)
      const fallback = defaultOf(written)
      if (found === undefined && fallback !== undefined) return evaluate(fallback, scope)
      if (found === undefined) throw templateError(`Unable to get mapping for ${path.join('::')}`, at)
      return known(found)
    })
  },
}

function defaultOf([, , , options]: ValueList): Value | undefined {
  return isMap(options) ? memberOf(options, 'DefaultValue') : undefined
}
