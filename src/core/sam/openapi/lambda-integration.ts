import { positionedAs } from '../../template/position.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { copyOf, put } from '../copy.ts'
import { truthy } from '../python.ts'
import { beforeChange, madeNow } from '../python2/history.ts'
import { own, setOwn } from '../python2/own-words.ts'
import { addMethod, conditional, INTEGRATION, normalizedMethod } from './paths.ts'

/** A role that the template names, or one of SAM's own. */
interface Credentials {
  readonly role: Value
  readonly isOwn: boolean
}

export interface LambdaIntegration {
  readonly path: string
  readonly method: string
  readonly uri: ValueMap
  /** The condition of the function: without the function there is no method either. */
  readonly condition: Value | undefined
  readonly streaming: boolean
  /** The role that API Gateway takes on, where the method is signed. */
  readonly credentials: Credentials | undefined
  readonly origin: ValueMap
}

/** Lets a method call a function with the whole request. */
export function addLambdaIntegration(document: ValueMap, integration: LambdaIntegration): void {
  const { uri, condition, streaming, credentials, origin } = integration
  const method = normalizedMethod(integration.method)
  const proxy = own({
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri: condition === undefined ? uri : conditional(condition, uri),
    ...(streaming && { responseTransferMode: 'STREAM' }),
  })
  if (credentials !== undefined) setOwn(proxy, 'credentials', credentials.role, { text: credentials.isOwn })
  for (const item of addMethod(document, integration.path, method, () => positionedAs({}, origin))) {
    const definition = isMap(item[method]) ? item[method] : {}
    put(item, method, definition)
    beforeChange(document, definition)
    madeNow(document, proxy)
    setOwn(definition, INTEGRATION, positionedAs(proxy, origin))
    if (!Object.hasOwn(definition, 'responses')) setOwn(definition, 'responses', {})
    if (condition !== undefined) put(item, method, positionedAs(conditional(condition, definition), origin))
  }
}

/** The role for signed methods: an event's own, else the API's, else that of the caller; nothing where one says `NONE`. */
export function integrationCredentials(auth: ValueMap, apiAuth: ValueMap, partition: string): Credentials | undefined {
  const signed =
    auth['Authorizer'] === 'AWS_IAM' || (apiAuth['DefaultAuthorizer'] === 'AWS_IAM' && Object.keys(auth).length === 0)
  if (!signed) return undefined
  const written = (settings: ValueMap) =>
    Object.hasOwn(settings, 'InvokeRole') && !truthy(settings['InvokeRole']) ? 'NONE' : settings['InvokeRole']
  const role = truthy(written(auth)) ? written(auth) : written(apiAuth)
  if (role === 'NONE') return undefined
  return truthy(role) && role !== 'CALLER_CREDENTIALS'
    ? { role: copyOf(role!), isOwn: false }
    : { role: `arn:${partition}:iam::*:user/*`, isOwn: true }
}
