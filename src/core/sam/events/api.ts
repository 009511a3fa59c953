import { positionedAs } from '../../template/position.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { arnText } from '../arn.ts'
import { member } from '../copy.ts'
import { expectMap, ofAttribute, ofEvent, ofProperty } from '../expect.ts'
import { shorthand, sub } from '../intrinsics.ts'
import { addLambdaIntegration, integrationCredentials } from '../openapi/lambda-integration.ts'
import { asPattern, hasIntegration, INTEGRATION, methodsAt, pathsOf } from '../openapi/paths.ts'
import { addRequestModel, addRequestParameters, addRequestValidator } from '../openapi/request.ts'
import type { StageName } from '../openapi/resource-policy.ts'
import { editableRestDocument, emptyRestDocument } from '../openapi/rest-document.ts'
import { integer, list, map, required, text } from '../properties.ts'
import { truthy } from '../python.ts'
import { isOwnText, own, setOwn } from '../python2/own-words.ts'
import { EventRefusal, invalidResource } from '../refusal.ts'
import type { Transformation } from '../transformation.ts'
import { applyMethodAuth, checkMethodAuth } from './api-auth.ts'
import { mergeDefinition } from './api-merge.ts'
import { readRequestModel, readRequestParameters } from './api-request.ts'
import type { Called, Event, EventSource } from './event-source.ts'
import { invokePermission } from './permission.ts'

/** A method of a REST API that calls the function. */
export const apiEvent: EventSource = {
  type: 'Api',
  properties: {
    Path: required(text),
    Method: required(text),
    RestApiId: required(text),
    Stage: text,
    Auth: map,
    RequestModel: map,
    RequestParameters: list,
    TimeoutInMillis: integer,
    ResponseTransferMode: text,
  },

  link({ name, properties }, resources) {
    return linkRestApi(name, properties['RestApiId'], resources)
  },

  transform(event, called, transformation) {
    const route: Route = { event, ...pathAndMethod(event), called }
    const permission = apiPermission(route, transformation)
    const api = event.linked['api']
    if (isMap(api)) addToApi(route, api, transformation)
    return [permission]
  },
}

interface Route {
  readonly event: Event
  readonly path: string
  readonly method: string
  readonly called: Called
}

/** Where in the API the event is, the method in small letters. Refuses functions: they have no place yet. */
export function pathAndMethod({ name, properties: { Path: path, Method: method } }: Event): { path: string; method: string } {
  if (typeof path !== 'string') throw new EventRefusal(name, "Property 'Path' should be a string.")
  if (typeof method !== 'string') throw new EventRefusal(name, "Property 'Method' should be a string.")
  return { path, method: method.toLowerCase() }
}

/** The API's properties, and the stage's name as permissions and policies spell it. */
export function linkRestApi(event: string, reference: Value | undefined, resources: ValueMap): ValueMap {
  const id = isMap(reference) && Object.hasOwn(reference, 'Ref') ? reference['Ref'] : reference
  if (typeof id !== 'string') return { stage: 'AllStages' }
  const found = expectMap(
    member(resources, id),
    ofEvent(event),
    'RestApiId',
    'RestApiId property of Api event must reference a valid resource in the same template.',
  )
  const api = expectMap(found['Properties'] === undefined ? {} : found['Properties'], ofAttribute(id), 'Properties')
  const stage = api['StageName']
  if (stage === '') throw invalidResource(id, 'StageName cannot be empty.')
  if (typeof stage !== 'string') return own({ api, apiId: id, stage: 'Stage' })
  return own({ api, apiId: id, stage }, ...(isOwnText(api, 'StageName') ? [] : ['stage']))
}

function apiPermission({ event, path, method, called }: Route, { partition }: Transformation) {
  const verb = method === 'any' ? '*' : method.toUpperCase()
  const resource = `\${__ApiId__}/\${__Stage__}/${verb}${asPattern(path.replace(/^(.+)\/$/s, '$1'))}`
  const sourceArn = sub(arnText(partition, 'execute-api', resource), {
    __ApiId__: event.properties['RestApiId']!,
    __Stage__: '*',
  })
  const suffix = String(event.linked['stage'])
  return invokePermission(event.id, called.target, { principal: 'apigateway.amazonaws.com', sourceArn, suffix })
}

function addToApi(route: Route, api: ValueMap, transformation: Transformation): void {
  const { event, path, method } = route
  const apiId = String(event.linked['apiId'])
  const stage = stageOf(event)
  const { Auth } = event.properties
  if (truthy(api['__MANAGE_SWAGGER']) || truthy(api['MergeDefinitions'])) integrate(route, api, apiId, transformation)
  const body = api['DefinitionBody']
  if (!truthy(body) || !isMap(Auth) || !truthy(Auth['OverrideApiAuth'])) return
  if (!['Authorizer', 'ApiKeyRequired', 'ResourcePolicy'].some((name) => truthy(Auth[name]))) {
    throw new EventRefusal(
      event.name,
      'Must define one of: Authorizer, ApiKeyRequired or ResourcePolicy when using the OverrideApiAuth property.',
    )
  }
  const document = editableRestDocument(body, transformation.checked)
  const methodAuth = { event: event.name, auth: Auth, api, apiId, method, path, stage, document }
  checkMethodAuth(methodAuth, transformation)
  applyMethodAuth(methodAuth, transformation)
}

function stageOf({ linked }: Event): StageName {
  return { name: linked['stage']!, isOwn: isOwnText(linked, 'stage') }
}

/** Adds the method to the API's document, with all that the event says about it. Checks all of it before it writes any. */
function integrate(route: Route, api: ValueMap, apiId: string, transformation: Transformation): void {
  const { event, path, method, called } = route
  const { properties, name } = event
  const merging = truthy(api['MergeDefinitions'])
  if ((api['DefinitionBody'] ?? null) === null) return
  const body = merging ? emptyRestDocument(event.node) : api['DefinitionBody']
  const document = editableRestDocument(body, transformation.checked)
  if (hasIntegration(pathsOf(document), path, method)) {
    throw new EventRefusal(name, `API method "${method}" defined multiple times for path "${path}".`)
  }
  const auth = expectMap(truthy(properties['Auth']) ? properties['Auth'] : {}, ofEvent(name), 'Auth')
  const apiAuth = expectMap(truthy(api['Auth']) ? api['Auth'] : {}, ofProperty(apiId), 'Auth')
  const methodAuth = { event: name, auth, api, apiId, method, path, stage: stageOf(event), document }
  if (truthy(auth)) checkMethodAuth(methodAuth, transformation)
  const model = readRequestModel(event, api, method, path)
  const parameters = readRequestParameters(event)
  const streaming = properties['ResponseTransferMode'] === 'RESPONSE_STREAM'
  addLambdaIntegration(document, {
    path,
    method,
    uri: positionedAs(integrationUri(called, transformation.partition, streaming), event.node),
    condition: called.target.condition,
    streaming,
    credentials: integrationCredentials(auth, apiAuth, transformation.partition),
    origin: event.node,
  })
  if (truthy(auth)) applyMethodAuth(methodAuth, transformation)
  const definitions = methodsAt(document, path, method)
  if (truthy(properties['TimeoutInMillis'])) {
    for (const definition of definitions)
      setOwn(definition[INTEGRATION] as ValueMap, 'timeoutInMillis', properties['TimeoutInMillis']!, { text: false })
  }
  if (model) addRequestModel(document, definitions, model)
  if (model?.validator) addRequestValidator(document, definitions, model.validator)
  if (parameters.length > 0) addRequestParameters(definitions, parameters)
  if (merging) mergeDefinition(apiId, api, document, route, transformation)
}

/** The address under which API Gateway calls a function. */
export function integrationUri({ target }: Called, partition: string, streaming = false): ValueMap {
  const [version, call] = streaming ? ['2021-11-15', 'response-streaming-invocations'] : ['2015-03-31', 'invocations']
  const address = `arn:${partition}:apigateway:\${AWS::Region}:lambda:path/${version}/functions/${shorthand(target.arn)}/${call}`
  // The function's id is the template's, an alias' id SAM's own.
  return own(sub(address), ...('Ref' in target.arn ? [] : ['Fn::Sub']))
}
