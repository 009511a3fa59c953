import { AwsError } from '#core/aws/aws-error.ts'
import type { Finding } from '#core/plan/check-properties.ts'
import { formatPosition } from '#core/template/position.ts'

/** One refusal for all that is wrong with the properties of a template, each with its path and line. */
export function propertyRefusal(findings: readonly Finding[]): AwsError {
  const lines = findings.map(({ path, message, position }) =>
    position ? `${message} (${path}, ${formatPosition(position)})` : `${message} (${path})`,
  )
  return new AwsError('ValidationError', `Property validation failure: [${lines.join('; ')}]`, {
    position: findings[0]?.position,
  })
}
