import { isList, type ValueMap } from '../../template/value.ts'
import { own } from '../python2/own-words.ts'
import { authorizerDefinition, identityHeader, type RestAuthorizer, validationExpression } from './rest-authorizer.ts'

/** Tokens of a Cognito user pool. */
export function cognitoAuthorizer(authorizer: RestAuthorizer): ValueMap {
  const pools = authorizer.settings['UserPoolArn']!
  const settings: ValueMap = {
    type: 'cognito_user_pools',
    providerARNs: isList(pools) ? pools : [pools],
    ...validationExpression(authorizer),
  }
  return authorizerDefinition(identityHeader(authorizer), 'cognito_user_pools', own(settings, 'identityValidationExpression'))
}
