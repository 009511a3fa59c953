import type { ValueMap } from '../../template/value.ts'
import type { Partition } from '../arn.ts'
import { cognitoAuthorizer } from './cognito.ts'
import { IAM_AUTHORIZER } from './iam.ts'
import { lambdaAuthorizer } from './lambda.ts'
import type { RestAuthorizer } from './rest-authorizer.ts'

/** The authorizer as a security definition of the API's document. */
export function securityDefinition(authorizer: RestAuthorizer, partition: Partition): ValueMap {
  if (authorizer.kind === 'iam') return { ...IAM_AUTHORIZER }
  return authorizer.kind === 'cognito' ? cognitoAuthorizer(authorizer) : lambdaAuthorizer(authorizer, partition)
}
