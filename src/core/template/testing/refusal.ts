import { AwsError } from '../../aws/aws-error.ts'

/** What `act` was refused with. Anything else that it throws is passed on: it is a bug. */
export function refusalOf(act: () => unknown): AwsError {
  try {
    act()
  } catch (error) {
    if (error instanceof AwsError) return error
    throw error
  }
  throw new Error('nothing was refused')
}
