import { AwsError } from '#core/aws/aws-error.ts'

/** Deletions of a stack may come twice, and after the API that held the thing: what is gone is no reason to fail. */
export function unlessGone(remove: () => void): void {
  try {
    remove()
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'NotFoundException') throw error
  }
}
