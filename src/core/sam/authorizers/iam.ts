import type { ValueMap } from '../../template/value.ts'
import { own } from '../python2/own-words.ts'

/** Requests signed with AWS credentials. */
export const IAM_AUTHORIZER: Readonly<ValueMap> = own({
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': 'awsSigv4',
})
