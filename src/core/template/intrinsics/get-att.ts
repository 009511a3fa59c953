import type { AwsError } from '../../aws/aws-error.ts'
import { type Evaluated, type EvaluationScope, known, type ResourceReference, unknown } from '../scope.ts'
import { isList, type Value } from '../value.ts'
import { type Intrinsic, templateError, whenKnown } from './intrinsic.ts'
import { unresolved } from './ref.ts'

const SHAPE = 'every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute'

export const getAtt: Intrinsic = {
  name: 'Fn::GetAtt',

  check(argument, at) {
    const [logicalId, attribute] = partsOf(argument)
    const named = typeof logicalId === 'string' && logicalId !== ''
    const attributed = typeof attribute === 'string' ? attribute !== '' : attribute !== undefined && attribute !== null
    if (!named || !attributed || (isList(argument) && argument.length !== 2)) throw templateError(SHAPE, at)
  },

  references(argument) {
    const [logicalId, attribute] = partsOf(argument)
    if (typeof logicalId !== 'string') return []
    return [typeof attribute === 'string' ? { logicalId, attribute } : { logicalId }]
  },

  evaluate(argument, scope, evaluate, at) {
    const [logicalId, attribute] = partsOf(argument)
    // The attribute's name may be a function of parameters; the resource's may not.
    return whenKnown(evaluate(attribute ?? null, scope), (name) => {
      if (typeof name === 'object') throw templateError(SHAPE, at)
      return attributeOf(String(logicalId), String(name), scope, at)
    })
  },
}

function partsOf(argument: Value): readonly (Value | undefined)[] {
  if (isList(argument)) return [argument[0], argument[1]]
  if (typeof argument !== 'string') return []
  const dot = argument.indexOf('.')
  return dot < 0 ? [argument] : [argument.slice(0, dot), argument.slice(dot + 1)]
}

export function attributeOf(logicalId: string, attribute: string, scope: EvaluationScope, at: AwsError['position']): Evaluated {
  const reference: ResourceReference = { logicalId, attribute }
  const resource = scope.resource(logicalId)
  if (resource === 'absent') throw unresolved(logicalId, at)
  if (resource === 'unknown') return unknown([reference])
  const found = attributeNamed(attribute, resource.attributes)
  if (found !== undefined) return known(found as Value)
  if (resource.pending) return unknown([reference])
  if (resource.isStub) return known(`${logicalId}.${attribute}`)
  throw templateError(`resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt`, at)
}

/** By its dotted name, or as a member of a structured attribute. */
function attributeNamed(name: string, attributes: Readonly<Record<string, unknown>>): unknown {
  if (Object.hasOwn(attributes, name)) return attributes[name]
  return name.split('.').reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    return (value as Record<string, unknown>)[part]
  }, attributes)
}
