import { AwsError } from '#core/aws/aws-error.ts'

/** Of what Systems Manager can tag, Postern has parameters. */
export function checkTagged(ResourceType: string): void {
  if (ResourceType !== 'Parameter')
    throw new AwsError('NotImplemented', `tags of a ${ResourceType} are not supported by postern yet`, { status: 501 })
}
