import { isMap } from '../../template/value.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { ref, sub } from '../intrinsics.ts'
import { str, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'

/** Refuses settings of `Auth` that do not go with its type. */
export function checkWebSocketAuth({ id, properties: { Auth: auth } }: SamResource): void {
  if (!isMap(auth) || !truthy(auth)) return
  const refuse = (text: string) => invalidResource(id, text)
  if (!truthy(auth['AuthType'])) throw refuse('AuthType must be specified for additional auth configurations.')
  const type = str(auth['AuthType']).toUpperCase()
  if (!['NONE', 'AWS_IAM', 'CUSTOM'].includes(type)) throw refuse('AuthType is not one of AWS_IAM, CUSTOM or NONE.')
  if (type === 'CUSTOM' && !truthy(auth['AuthArn'])) throw refuse('AuthArn must be specified if AuthType is CUSTOM.')
  if (type !== 'CUSTOM' && Object.keys(auth).length > 1) {
    throw refuse(`No additional configurations supported for AuthType ${type}.`)
  }
}

/** The function that decides who may connect. */
export function connectAuthorizer({ id, properties: { Auth: auth } }: SamResource): GeneratedResource | undefined {
  if (!isMap(auth) || auth['AuthType'] !== 'CUSTOM') return undefined
  const name = `${id}ConnectAuthorizer`
  return generated(name, 'AWS::ApiGatewayV2::Authorizer', {
    ApiId: ref(id),
    AuthorizerCredentialsArn: auth['InvokeRole'],
    AuthorizerType: 'REQUEST',
    AuthorizerUri: sub(
      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${AuthArn}/invocations',
      { AuthArn: auth['AuthArn']! },
    ),
    IdentitySource: auth['IdentitySource'],
    Name: truthy(auth['Name']) ? auth['Name'] : name,
  })
}
