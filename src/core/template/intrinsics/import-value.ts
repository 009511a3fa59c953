import { AwsError } from '../../aws/aws-error.ts'
import { known, unknown } from '../scope.ts'
import { type Intrinsic, templateError, whenKnown } from './intrinsic.ts'

// unverified: the wording.
const SHAPE = 'the attribute in Fn::ImportValue must be a string or a function that returns a string'

export const importValue: Intrinsic = {
  name: 'Fn::ImportValue',

  check(argument, at) {
    const named = typeof argument === 'string' ? argument !== '' : typeof argument === 'object' && argument !== null
    if (!named || Array.isArray(argument)) throw templateError(SHAPE, at)
  },

  evaluate(argument, scope, evaluate, at) {
    return whenKnown(evaluate(argument, scope), (value) => {
      if (typeof value === 'object') throw templateError(SHAPE, at)
      const name = String(value)
      const found = scope.importValue(name)
      if (found !== undefined) return known(found)
      if (scope.missingImport === 'unknown') return unknown([])
      throw new AwsError('ValidationError', `No export named ${name} found`, { position: at })
    })
  },
}
