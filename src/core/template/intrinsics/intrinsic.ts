import { AwsError } from '../../aws/aws-error.ts'
import type { Position } from '../position.ts'
import { type Evaluated, type EvaluationScope, type ResourceReference, unknown } from '../scope.ts'
import type { Value } from '../value.ts'

/** Works out a value; handed to intrinsics so that they need not know each other. */
export type Evaluate = (value: Value, scope: EvaluationScope) => Evaluated

/** One function of the template language. */
export interface Intrinsic {
  /** `Ref`, `Fn::Join` */
  readonly name: string
  /** Refuses an argument that no values could make right. Always asked before `evaluate`, which so need not ask again. */
  check?(argument: Value, at: Position | undefined): void
  /** The resources (or parameters: only the template knows) that this function itself mentions, apart from its argument's functions. */
  references?(argument: Value): readonly ResourceReference[]
  /** The condition that decides which part of the argument counts. */
  condition?(argument: Value): string | undefined
  evaluate(argument: Value, scope: EvaluationScope, evaluate: Evaluate, at: Position | undefined): Evaluated
}

/** Goes on with the value of an argument, or answers that it is not known yet. */
export function whenKnown(evaluated: Evaluated, next: (value: Value) => Evaluated): Evaluated {
  if (evaluated.kind === 'value') return next(evaluated.value)
  return evaluated.kind === 'unknown' ? unknown(evaluated.awaits) : evaluated
}

/** A refusal in the words of AWS, which begin with `Template error: `. */
export function templateError(text: string, at: Position | undefined): AwsError {
  return new AwsError('ValidationError', `Template error: ${text}`, { position: at })
}
