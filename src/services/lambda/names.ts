import { parseArn } from '#core/aws/arn.ts'
import { AwsError } from '#core/aws/aws-error.ts'
import { partitionOf, type Scope } from '#core/aws/scope.ts'

/** Which function a caller means, and which version or alias of it. */
export interface FunctionName {
  readonly name: string
  readonly qualifier?: string
}

/** Reads a name, a partial ARN (`account:function:name`) or an ARN, each with or without a qualifier. */
export function readFunctionName(written: string, qualifier?: string): FunctionName {
  const parts = written.split(':')
  const place = parts.lastIndexOf('function')
  const [name = '', inName] = place < 0 ? parts : parts.slice(place + 1)
  if (qualifier !== undefined && inName !== undefined && qualifier !== inName)
    throw new AwsError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
      { fields: { Type: 'User' } },
    )
  const chosen = qualifier ?? inName
  return chosen === undefined ? { name } : { name, qualifier: chosen }
}

export function functionArn({ account, region }: Scope, name: string, qualifier?: string): string {
  const arn = `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${name}`
  return qualifier === undefined ? arn : `${arn}:${qualifier}`
}

/** The scope that an ARN names, or the caller's own where it names none. */
export function scopeOfName(written: string, caller: Scope): Scope {
  const arn = parseArn(written)
  return arn ? { account: arn.account, region: arn.region } : { account: caller.account, region: caller.region }
}

export const isVersion = (qualifier: string): boolean => /^\d+$/.test(qualifier)

export function functionNotFound(scope: Scope, name: string, qualifier?: string): AwsError {
  return notFound(`Function not found: ${functionArn(scope, name, qualifier)}`)
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { status: 404, fields: { Type: 'User' } })
}

export function conflict(message: string): AwsError {
  return new AwsError('ResourceConflictException', message, { status: 409, fields: { Type: 'User' } })
}

/** Refuses a change that was meant for another revision than the one that is there. unverified: the texts. */
export function demandRevision(
  wanted: string | undefined,
  { revisionId }: { readonly revisionId: string },
  source: 'GetFunction/GetAlias' | 'GetPolicy' = 'GetFunction/GetAlias',
): void {
  if (wanted === undefined || wanted === revisionId) return
  throw new AwsError(
    'PreconditionFailedException',
    `The Revision Id provided does not match the latest Revision Id. Call the ${source} API to retrieve the latest Revision Id`,
    { status: 412, fields: { Type: 'User' } },
  )
}

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { status: 400, fields: { Type: 'User' } })
}
