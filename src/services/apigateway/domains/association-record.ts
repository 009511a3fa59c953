import { table } from '#kit/records.ts'

/** A VPC endpoint of this account may lead to a private custom domain name, its own or another account's. */
export interface AccessAssociation {
  readonly arn: string
  readonly domainNameArn: string
  /** The endpoint's id. */
  readonly source: string
  readonly tags: Readonly<Record<string, string>>
}

/** By ARN, in the account that the endpoint belongs to. */
export const accessAssociations = table<AccessAssociation>('apigateway/access-associations')
