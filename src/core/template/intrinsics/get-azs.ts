import { known } from '../scope.ts'
import { isMap } from '../value.ts'
import { type Intrinsic, templateError, whenKnown } from './intrinsic.ts'

const SHAPE = 'every Fn::GetAZs object must have a String-typed value.'

export const getAzs: Intrinsic = {
  name: 'Fn::GetAZs',

  check(argument, at) {
    if (typeof argument !== 'string' && !isMap(argument)) throw templateError(SHAPE, at)
  },

  evaluate(argument, scope, evaluate, at) {
    return whenKnown(evaluate(argument, scope), (region) => {
      if (typeof region !== 'string') throw templateError(SHAPE, at)
      return known([...scope.availabilityZones(region || scope.pseudo.Region)])
    })
  },
}
