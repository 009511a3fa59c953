import { isList, type Value } from '../../../template/value.ts'
import { malformed } from '../refused.ts'
import { type EarlyFunction, left } from '../settled.ts'

/** Attributes are the stack's to know; here, the names of resource and attribute may be worked out. */
export const getAtt: EarlyFunction = {
  name: 'Fn::GetAtt',

  settle(argument, scope, settle, at) {
    const parts = partsOf(argument)
    if (!parts) throw malformed('Fn::GetAtt', at)
    const settled = parts.map((part) => settle(part, scope))
    const names = settled.flatMap((part) => (part.kind === 'nothing' ? [] : [part.value]))
    if (names.length < 2) throw malformed('Fn::GetAtt', at)
    return left({ 'Fn::GetAtt': names })
  },
}

/** `Resource.Attribute.Part` is resource and attribute, parted at the first dot. */
function partsOf(argument: Value): readonly Value[] | undefined {
  if (isList(argument)) return argument.length === 2 ? argument : undefined
  const dot = typeof argument === 'string' ? argument.indexOf('.') : -1
  return typeof argument === 'string' && dot > 0 ? [argument.slice(0, dot), argument.slice(dot + 1)] : undefined
}
