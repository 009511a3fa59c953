import { isList, type ValueMap } from '../../template/value.ts'
import { identityHeader, type RestAuthorizer, validationExpression } from './rest-authorizer.ts'

/** Tokens of a Cognito user pool. */
export function cognitoAuthorizer(authorizer: RestAuthorizer): ValueMap {
  const pools = authorizer.settings['UserPoolArn']!
  return {
    type: 'apiKey',
    name: identityHeader(authorizer),
    in: 'header',
    'x-amazon-apigateway-authtype': 'cognito_user_pools',
    'x-amazon-apigateway-authorizer': {
      type: 'cognito_user_pools',
      providerARNs: isList(pools) ? pools : [pools],
      ...validationExpression(authorizer),
    },
  }
}
