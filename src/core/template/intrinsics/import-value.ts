import { AwsError } from '../../aws/aws-error.ts'
import { known, unknown } from '../scope.ts'
import { type Intrinsic, templateError, whenKnown } from './intrinsic.ts'

export const importValue: Intrinsic = {
  name: 'Fn::ImportValue',

  check(argument, at) {
    const named = typeof argument === 'string' ? argument !== '' : typeof argument === 'object' && argument !== null
    // unverified: the wording.
    if (!named || Array.isArray(argument))
      throw templateError('the attribute in Fn::ImportValue must be a string or a function that returns a string', at)
  },

  evaluate(argument, scope, evaluate, at) {
    return whenKnown(evaluate(argument, scope), (name) => {
      const found = scope.importValue(String(name))
      if (found !== undefined) return known(found)
      if (scope.missingImport === 'unknown') return unknown([])
      throw new AwsError('ValidationError', `No export named ${String(name)} found`, { position: at })
    })
  },
}
