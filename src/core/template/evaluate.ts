import type { Evaluated, EvaluationScope, PseudoParameters } from './scope.ts'
import type { Value, ValueMap } from './value.ts'

export type { Evaluated, EvaluationScope, PseudoParameters, ResourceReference, ResourceView } from './scope.ts'
export { KNOWN_AFTER_APPLY } from './scope.ts'

export function evaluate(_value: Value, _scope: EvaluationScope): Evaluated {
  throw new Error('being written')
}

export function evaluateConditions(
  _template: ValueMap,
  _parameters: EvaluationScope['parameters'],
  _pseudo: PseudoParameters,
): Record<string, boolean> {
  throw new Error('being written')
}
