import { positionedAs } from '../../template/position.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { put } from '../copy.ts'
import { onlyIf } from '../intrinsics.ts'
import { truthy } from '../python.ts'
import { addMethod, INTEGRATION, normalizedMethod, pathsOf } from './paths.ts'

export interface LambdaIntegration {
  readonly path: string
  readonly method: string
  readonly uri: ValueMap
  /** The condition of the function: without the function there is no method either. */
  readonly condition: Value | undefined
  readonly streaming: boolean
  /** The role that API Gateway takes on, where the method is signed. */
  readonly credentials: Value | undefined
  readonly origin: ValueMap
}

/** Lets a method call a function with the whole request. */
export function addLambdaIntegration(document: ValueMap, integration: LambdaIntegration): void {
  const { uri, condition, streaming, credentials, origin } = integration
  const method = normalizedMethod(integration.method)
  for (const item of addMethod(pathsOf(document), integration.path, method, () => positionedAs({}, origin))) {
    const definition = isMap(item[method]) ? item[method] : {}
    put(item, method, definition)
    definition[INTEGRATION] = positionedAs(
      {
        type: 'aws_proxy',
        httpMethod: 'POST',
        uri: condition === undefined ? uri : onlyIf(condition, uri),
        ...(streaming && { responseTransferMode: 'STREAM' }),
        ...(credentials !== undefined && { credentials }),
      },
      origin,
    )
    definition['responses'] ??= {}
    if (condition !== undefined) put(item, method, positionedAs(onlyIf(condition, definition), origin))
  }
}

/** The role for signed methods: an event's own, else the API's, else that of the caller; nothing where one says `NONE`. */
export function integrationCredentials(auth: ValueMap, apiAuth: ValueMap, partition: string): Value | undefined {
  const signed =
    auth['Authorizer'] === 'AWS_IAM' || (apiAuth['DefaultAuthorizer'] === 'AWS_IAM' && Object.keys(auth).length === 0)
  if (!signed) return undefined
  const written = (settings: ValueMap) =>
    Object.hasOwn(settings, 'InvokeRole') && !truthy(settings['InvokeRole']) ? 'NONE' : settings['InvokeRole']
  const role = truthy(written(auth)) ? written(auth) : written(apiAuth)
  if (role === 'NONE') return undefined
  return truthy(role) && role !== 'CALLER_CREDENTIALS' ? role : `arn:${partition}:iam::*:user/*`
}
