import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { type HttpAuthorizer, readHttpAuthorizers, securityScheme } from '../authorizers/http-authorizer.ts'
import { authorizerPermission } from '../authorizers/lambda.ts'
import { put } from '../copy.ts'
import { expectText, ofProperty } from '../expect.ts'
import type { GeneratedResource } from '../generated-resource.ts'
import { isNoValue, ref } from '../intrinsics.ts'
import { editableHttpDocument, isHttpDocument } from '../openapi/http-document.ts'
import { contents, INTEGRATION, normalizedMethod, pathItems, pathsOf } from '../openapi/paths.ts'
import { truthy } from '../python.ts'
import { invalidDocument, invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'

/** Writes the API's `Auth` into its document: authorizers, and the default one for routes that name none. */
export function addHttpAuth({ id, properties }: SamResource, { partition }: Transformation): void {
  const { Auth: auth, DefinitionBody: body } = properties
  if (!isMap(auth) || !truthy(auth)) return
  const refuse = (text: string) => invalidResource(id, text)
  if (!truthy(body)) throw refuse("Auth works only with inline OpenApi specified in the 'DefinitionBody' property.")
  if (!Object.keys(auth).every((key) => ['Authorizers', 'DefaultAuthorizer', 'EnableIamAuthorizer'].includes(key))) {
    throw refuse("Invalid value for 'Auth' property")
  }
  if (!isHttpDocument(body)) {
    throw refuse("Unable to add Auth configuration because 'DefinitionBody' does not contain a valid OpenApi definition.")
  }
  const document = editableHttpDocument(body)
  const authorizers = readHttpAuthorizers(id, auth)
  for (const authorizer of authorizers) put(schemesOf(document), authorizer.name, securityScheme(authorizer, partition))
  setDefault(id, document, authorizers, auth['DefaultAuthorizer'])
}

function schemesOf(document: ValueMap): ValueMap {
  const components = isMap(document['components']) ? document['components'] : {}
  document['components'] = components
  const schemes = isMap(components['securitySchemes']) ? components['securitySchemes'] : {}
  components['securitySchemes'] = schemes
  return schemes
}

function setDefault(id: string, document: ValueMap, authorizers: readonly HttpAuthorizer[], chosen: Value | undefined): void {
  if (!truthy(chosen) || isNoValue(chosen)) return
  const name = expectText(chosen, ofProperty(id), 'Auth.DefaultAuthorizer')
  const authorizer = authorizers.find((known) => known.name === name)
  if (!authorizer) {
    throw invalidResource(id, `Unable to set DefaultAuthorizer because '${name}' was not defined in 'Authorizers'.`)
  }
  const scopes = authorizer.settings['AuthorizationScopes'] ?? []
  const paths = pathsOf(document)
  for (const path of Object.keys(paths)) {
    for (const item of pathItems(paths, path)) setDefaultOnItem(item, path, name, scopes)
  }
}

function setDefaultOnItem(item: ValueMap, path: string, name: string, scopes: Value): void {
  for (const [method, definitions] of Object.entries(item)) {
    const normalized = normalizedMethod(method)
    if (normalized === 'parameters' || normalized === 'options') continue
    if (!Object.hasOwn(item, normalized)) {
      throw invalidDocument(`Could not find ${normalized} in ${path} within DefinitionBody.`)
    }
    for (const definition of contents(definitions)) {
      if (!isMap(definition)) throw invalidDocument(`Definition of method '${method}' for path '${path}' should be a map.`)
      if (!truthy(definition[INTEGRATION]) || truthy(definition['security'])) continue
      const entry: ValueMap = {}
      put(entry, name, scopes)
      definition['security'] = [entry]
    }
  }
}

/** Lets the API call the functions of those authorizers that ask for it. */
export function httpAuthorizerPermissions({ id, properties, inherited }: SamResource): GeneratedResource[] {
  const auth = properties['Auth']
  if (!isMap(auth)) return []
  return readHttpAuthorizers(id, auth)
    .filter(({ settings }) => truthy(settings['FunctionArn']) && settings['EnableFunctionDefaultPermissions'] === true)
    .map(({ name, settings }) =>
      authorizerPermission(`${id}${name}AuthorizerPermission`, settings['FunctionArn']!, ref(id), {
        partition: '${AWS::Partition}',
        attributes: inherited,
      }),
    )
}
