import { positionedAs } from '../../template/position.ts'
import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { member, put } from '../copy.ts'
import { expectMap, ofProperty } from '../expect.ts'
import { editableHttpDocument } from '../openapi/http-document.ts'
import { parameterNames } from '../openapi/path-text.ts'
import {
  ANY_METHOD,
  addMethod,
  conditional,
  DEFAULT_PATH,
  hasIntegration,
  INTEGRATION,
  methodsAt,
  normalizedMethod,
  pathsOf,
} from '../openapi/paths.ts'
import { integer, map, text } from '../properties.ts'
import { str, truthy } from '../python.ts'
import { beforeChange, openEdit } from '../python2/history.ts'
import { own, setOwn } from '../python2/own-words.ts'
import { EventRefusal, invalidDocument } from '../refusal.ts'
import { integrationUri } from './api.ts'
import { notNamed } from './api-auth.ts'
import type { Called, EventSource } from './event-source.ts'
import { type Route, routePermission } from './http-api-permission.ts'

/** A route of an HTTP API that calls the function. */
export const httpApiEvent: EventSource = {
  type: 'HttpApi',
  properties: {
    Path: text,
    Method: text,
    ApiId: text,
    Stage: text,
    Auth: map,
    TimeoutInMillis: integer,
    RouteSettings: map,
    PayloadFormatVersion: text,
  },

  link({ properties: { ApiId: reference } }, resources) {
    const id = isMap(reference) && Object.hasOwn(reference, 'Ref') ? reference['Ref'] : reference
    const found = typeof id === 'string' ? member(resources, id) : undefined
    const properties = isMap(found) ? found['Properties'] : undefined
    return { api: isMap(properties) ? properties : {}, apiId: id ?? null }
  },

  transform(event, called) {
    const { Path: path, Method: method } = event.properties
    if (typeof path !== 'string' || typeof method !== 'string') {
      throw new EventRefusal(event.name, `Property '${typeof path === 'string' ? 'Method' : 'Path'}' should be a string.`)
    }
    const route: Route = { event, path, method: method.toLowerCase(), called, api: event.linked['api'] as ValueMap }
    const permission = routePermission(route)
    if ((route.api['DefinitionBody'] ?? null) !== null) integrate(route)
    return permission
  },
}

function integrate(route: Route): void {
  const { event, path, method, called, api } = route
  const { properties, name } = event
  const document = editableHttpDocument(api['DefinitionBody'])
  openEdit(document)
  const paths = pathsOf(document)
  const existing = hasIntegration(paths, path, method)
  if (truthy(api['__MANAGE_SWAGGER']) && existing) {
    throw new EventRefusal(name, `API method '${method}' defined multiple times for path '${path}'.`)
  }
  const auth = isMap(properties['Auth']) && truthy(properties['Auth']) ? properties['Auth'] : undefined
  const authorizer = auth && checkAuth(route, auth)
  if (!existing) addIntegration(document, path, method, called, event.node)
  const definitions = methodsAt(document, path, method)
  for (const definition of definitions) {
    const integration = definition[INTEGRATION] as ValueMap
    if (auth && authorizer !== undefined) setAuthorizer(definition, authorizer, auth, api, path, method)
    if (truthy(properties['TimeoutInMillis'])) integration['timeoutInMillis'] = properties['TimeoutInMillis']!
    addPathParameters(definition, path)
    if (truthy(properties['PayloadFormatVersion'])) integration['payloadFormatVersion'] = properties['PayloadFormatVersion']!
  }
}

function addIntegration(document: ValueMap, path: string, written: string, called: Called, origin: ValueMap): void {
  const method = normalizedMethod(written)
  const { condition } = called.target
  const uri = integrationUri(called, '${AWS::Partition}')
  for (const item of addMethod(document, path, method, () => positionedAs({}, origin))) {
    const definition = isMap(item[method]) ? item[method] : {}
    put(item, method, definition)
    const proxy = own({
      type: 'aws_proxy',
      httpMethod: 'POST',
      payloadFormatVersion: '2.0',
      uri: condition === undefined ? uri : conditional(condition, uri),
    })
    beforeChange(document, definition)
    setOwn(definition, INTEGRATION, positionedAs(proxy, origin))
    if (path === DEFAULT_PATH && method === ANY_METHOD) setOwn(definition, 'isDefaultRoute', true)
    if (!Object.hasOwn(definition, 'responses')) setOwn(definition, 'responses', {})
    if (condition !== undefined) put(item, method, conditional(condition, definition))
  }
}

function addPathParameters(definition: ValueMap, path: string): void {
  const names = parameterNames(path)
  if (names.length === 0) return
  const parameters = (isList(definition['parameters']) ? definition['parameters'] : []) as ValueList
  if (parameters !== definition['parameters']) setOwn(definition, 'parameters', parameters)
  for (const name of names) {
    const existing = parameters.find((parameter) => isMap(parameter) && parameter['name'] === name)
    if (isMap(existing)) Object.assign(existing, { in: 'path', required: true })
    else parameters.push(own({ name, in: 'path', required: true }, 'name'))
  }
}

/** The authorizer that the event asks for, once it is known that the API has it. */
function checkAuth({ event, path, method, api }: Route, auth: ValueMap): Value {
  const apiAuth = expectMap(api['Auth'] === undefined ? {} : api['Auth'], ofProperty(str(event.linked['apiId'])), 'Auth')
  const refuse = (text: string) => new EventRefusal(event.name, text)
  const onMethod = `on API method [${method}] for path [${path}]`
  const authorizer = truthy(auth['Authorizer']) ? auth['Authorizer']! : apiAuth['DefaultAuthorizer']
  if (!truthy(authorizer)) {
    throw refuse(
      "'Auth' section requires either an explicit 'Authorizer' set or a 'DefaultAuthorizer' configured on the HttpApi.",
    )
  }
  auth['Authorizer'] = authorizer!
  // An API whose `Auth` says nothing counts as one with no authorizers; one whose `Auth` leaves them out, as one with malformed ones.
  const authorizers = truthy(apiAuth) ? apiAuth['Authorizers'] : apiAuth
  const byIam = authorizer === 'AWS_IAM' && apiAuth['EnableIamAuthorizer'] === true
  if (authorizer === 'NONE') {
    if (!truthy(apiAuth['DefaultAuthorizer'])) {
      throw refuse(
        `Unable to set Authorizer ${onMethod} because 'NONE' is only a valid value when a DefaultAuthorizer on the API is specified.`,
      )
    }
  } else if (!byIam) {
    if (typeof authorizer !== 'string' || !isMap(authorizers)) throw notNamed(event.name, authorizer, method, path)
    if (!truthy(member(authorizers, authorizer))) {
      const unable = `Unable to set Authorizer [${authorizer}] ${onMethod} because`
      if (!truthy(authorizers)) throw refuse(`${unable} the related API does not define any Authorizers.`)
      throw refuse(`${unable} it wasn't defined in the API's Authorizers.`)
    }
  }
  if (truthy(auth['AuthorizationScopes']) && !isList(auth['AuthorizationScopes'])) {
    throw refuse(`Unable to set Authorizer ${onMethod} because 'AuthorizationScopes' must be a list of strings.`)
  }
  return authorizer!
}

function setAuthorizer(
  definition: ValueMap,
  authorizer: Value,
  auth: ValueMap,
  api: ValueMap,
  path: string,
  method: string,
): void {
  const name = str(authorizer)
  const existing = definition['security'] ?? []
  if (!isList(existing)) throw invalidDocument(`Type of security for path ${path} method ${method} must be a list`)
  const entry: ValueMap = {}
  put(entry, name, name === 'NONE' || name === 'AWS_IAM' ? [] : scopesFor(name, auth, api))
  definition['security'] = [...existing, entry]
}

function scopesFor(name: string, auth: ValueMap, api: ValueMap): Value {
  const apiAuth = api['Auth']
  const authorizers = isMap(apiAuth) ? apiAuth['Authorizers'] : undefined
  const settings = isMap(authorizers) ? (member(authorizers, name) ?? {}) : {}
  if (!isMap(settings)) throw invalidDocument(`Type of authorizer '${name}' must be a dictionary`)
  const scopes = truthy(auth['AuthorizationScopes']) ? auth['AuthorizationScopes'] : settings['AuthorizationScopes']
  return truthy(scopes) ? scopes! : []
}
