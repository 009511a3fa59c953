import type { AwsError } from '../../aws/aws-error.ts'
import type { Position } from '../../template/position.ts'
import { failed } from '../refusal.ts'

/** A refusal in this transform's name. */
export function refused(reason: string, at: Position | undefined): AwsError {
  return failed('AWS::LanguageExtensions', reason, at)
}

/** A function's arguments are not what it takes. */
export function malformed(name: string, at: Position | undefined): AwsError {
  return refused(`${name} layout is incorrect`, at)
}
