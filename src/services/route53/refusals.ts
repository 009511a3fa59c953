import { AwsError } from '#core/aws/aws-error.ts'

export const noSuchHostedZone = (id: string) =>
  new AwsError('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, { status: 404 })

export const invalidInput = (message: string) => new AwsError('InvalidInput', message)

// Recorded.
export const invalidVpc = () => new AwsError('InvalidVPCId', 'The VPC ID is invalid.')

/** All that is wrong with a batch, in one list as Route 53 tells it. */
export const invalidBatch = (messages: readonly string[]) => new AwsError('InvalidChangeBatch', `[${messages.join(', ')}]`)

export const unsupported = (what: string) => new AwsError('NotImplemented', `Postern does not implement ${what}`, { status: 501 })

// unverified: the words.
export const invalidToken = () =>
  new AwsError(
    'InvalidPaginationToken',
    'The value that you specified to get the second or subsequent page of results is invalid.',
  )
