import type { Value, ValueMap } from '../template/value.ts'
import type { Spend } from './extent.ts'
import { resolveMappings, resolveParameters } from './resolver.ts'

/** What is known before there is a stack: the values of parameters, and mappings. */
export interface KnownValues {
  /** Puts parameter values in place of references to them, in place. */
  readonly resolve: (value: Value) => Value
  /** Puts mapping entries in place of `Fn::FindInMap`, in place. */
  readonly resolveMappings: (value: Value) => Value
}

export function knownValues(parameters: ValueMap, mappings: ValueMap, spend: Spend): KnownValues {
  return {
    resolve: (value) => resolveParameters(value, parameters, spend),
    resolveMappings: (value) => resolveMappings(value, mappings, spend),
  }
}
