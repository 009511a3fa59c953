import { AwsError } from '../aws/aws-error.ts'
import type { Position } from '../template/position.ts'

/** A transform's refusal, as AWS passes it on. */
export function failed(transform: string, reason: string, at: Position | undefined): AwsError {
  return new AwsError('ValidationError', `Transform ${transform} failed with: ${reason}`, { position: at })
}
