import type { ValueMap } from '../../template/value.ts'

/** Requests signed with AWS credentials. */
export const IAM_AUTHORIZER: Readonly<ValueMap> = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': 'awsSigv4',
}
