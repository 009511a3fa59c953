import { AwsError } from '#core/aws/aws-error.ts'

/** What IAM takes for a name, at most `limit` characters long. */
export function checkedName(name: string, member: string, limit: number): string {
  if (name.length > limit)
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${limit}`,
    )
  if (!/^[\w+=,.@-]+$/.test(name))
    throw new AwsError(
      'ValidationError',
      `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    )
  return name
}

/** `/` or something between two of them. */
export function checkedPath(path = '/'): string {
  if (!/^\/([\x21-\x7e]+\/)?$/.test(path) || path.length > 512)
    throw new AwsError(
      'ValidationError',
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    )
  return path
}
