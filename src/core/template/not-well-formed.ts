import { AwsError } from '../aws/aws-error.ts'
import type { Position } from './position.ts'

/** A text that cannot be read as YAML, in AWS's words, which have no reason: `detail` is the cause's. */
export function notWellFormed(position: Position, detail: string): AwsError {
  const message = `Template format error: YAML not well-formed. (line ${position.line}, column ${position.column})`
  return new AwsError('ValidationError', message, { position, cause: new Error(detail) })
}
