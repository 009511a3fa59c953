import { AwsError } from '../../aws/aws-error.ts'
import { type EvaluationScope, isPseudoParameter, known, nothing, unknown } from '../scope.ts'
import type { Value } from '../value.ts'
import { type Intrinsic, templateError } from './intrinsic.ts'

export const ref: Intrinsic = {
  name: 'Ref',

  check(argument, at) {
    if (typeof argument !== 'string' || argument === '')
      throw templateError('every Ref object must have a single String value.', at)
  },

  references: (argument) => (typeof argument === 'string' && !isPseudoParameter(argument) ? [{ logicalId: argument }] : []),

  evaluate(argument, scope, _evaluate, at) {
    const name = String(argument)
    if (name.startsWith('AWS::')) return pseudoParameter(name, scope)
    const parameter = Object.hasOwn(scope.parameters, name) ? scope.parameters[name] : undefined
    if (parameter !== undefined) return known(typeof parameter === 'string' ? parameter : [...parameter])

    const resource = scope.resource(name)
    if (resource === 'unknown') return unknown([{ logicalId: name }])
    if (resource === 'absent') throw unresolved(name, at)
    return known(resource.ref)
  },
}

function pseudoParameter(name: string, { pseudo }: EvaluationScope) {
  if (name === 'AWS::NoValue') return nothing
  const key = name.slice('AWS::'.length)
  const value: Value | readonly string[] | undefined = Object.hasOwn(pseudo, key) ? pseudo[key as keyof typeof pseudo] : undefined
  if (value === undefined) throw unresolved(name, undefined)
  return known(typeof value === 'string' ? value : [...value])
}

export function unresolved(name: string, at: AwsError['position']): AwsError {
  const message = `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`
  return new AwsError('ValidationError', message, { position: at })
}
