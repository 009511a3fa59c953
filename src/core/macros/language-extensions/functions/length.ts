import { isList } from '../../../template/value.ts'
import { malformed, refused } from '../refused.ts'
import { type EarlyFunction, known } from '../settled.ts'

/**
 * The number of a list's items. The items need not be known, but which there are has to be: the service itself has no such function.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-length.html
 */
export const length: EarlyFunction = {
  name: 'Fn::Length',

  settle(argument, scope, settle, at) {
    const settled = settle(argument, scope)
    if (settled.kind !== 'nothing' && isList(settled.value)) return known(settled.value.length)
    // Measured: https://github.com/ministackorg/ministack/pull/1739
    if (settled.kind === 'left') throw refused('The Fn::Length value could not be resolved for properties', at)
    throw malformed('Fn::Length', at)
  },
}
