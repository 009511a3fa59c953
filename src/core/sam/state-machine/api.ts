import { positionedAs } from '../../template/position.ts'
import { isMap, type ValueMap } from '../../template/value.ts'
import { put } from '../copy.ts'
import { linkRestApi, pathAndMethod } from '../events/api.ts'
import { applyMethodAuth, checkMethodAuth } from '../events/api-auth.ts'
import type { Event } from '../events/event-source.ts'
import { sub } from '../intrinsics.ts'
import { addMethod, conditional, hasIntegration, INTEGRATION, normalizedMethod, pathsOf } from '../openapi/paths.ts'
import { editableRestDocument } from '../openapi/rest-document.ts'
import { literalFlag, map, required, text } from '../properties.ts'
import { truthy } from '../python.ts'
import { beforeChange } from '../python2/history.ts'
import { own, setOwn } from '../python2/own-words.ts'
import { EventRefusal } from '../refusal.ts'
import type { Transformation } from '../transformation.ts'
import { type Started, type StateMachineEventSource, startRole } from './event.ts'

/** A method of a REST API that starts the state machine. */
export const apiStart: StateMachineEventSource = {
  type: 'Api',
  properties: {
    Path: required(text),
    Method: required(text),
    RestApiId: required(text),
    Stage: text,
    Auth: map,
    UnescapeMappingTemplate: literalFlag,
  },

  link({ name, properties }, resources) {
    return linkRestApi(name, properties['RestApiId'], resources)
  },

  transform(event, started, transformation) {
    const place = pathAndMethod(event)
    const role = startRole(event.id, started, 'apigateway.amazonaws.com')
    const { api } = event.linked
    if (isMap(api) && truthy(api['__MANAGE_SWAGGER']) && (api['DefinitionBody'] ?? null) !== null) {
      integrate(event, place, api, started, own({ 'Fn::GetAtt': own([role.id, 'Arn']) }), transformation)
    }
    return [role]
  },
}

function integrate(
  event: Event,
  { path, method }: { path: string; method: string },
  api: ValueMap,
  started: Started,
  credentials: ValueMap,
  transformation: Transformation,
): void {
  const document = editableRestDocument(api['DefinitionBody'], transformation.checked)
  if (hasIntegration(pathsOf(document), path, method)) {
    throw new EventRefusal(event.name, `API method "${method}" defined multiple times for path "${path}".`)
  }
  const auth = event.properties['Auth']
  const apiId = String(event.linked['apiId'])
  const stage = { name: event.properties['Stage'] ?? null, isOwn: false }
  const methodAuth =
    isMap(auth) && truthy(auth) ? { event: event.name, auth, api, apiId, method, path, stage, document } : undefined
  if (methodAuth) checkMethodAuth(methodAuth, transformation)
  const uri = own(sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution'))
  const { condition } = started
  const name = normalizedMethod(method)
  for (const item of addMethod(document, path, name, () => positionedAs({}, event.node))) {
    const definition = isMap(item[name]) ? item[name] : {}
    put(item, name, definition)
    const integration = own({
      type: 'aws',
      httpMethod: 'POST',
      uri: condition === undefined ? uri : conditional(condition, uri),
      responses: own({ '200': own({ statusCode: '200' }), '400': own({ statusCode: '400' }) }),
      credentials,
    })
    const templates = own({ 'application/json': own(sub(requestTemplate(event, started))) })
    setOwn(integration, 'requestTemplates', templates, { updated: true })
    beforeChange(document, definition)
    setOwn(definition, INTEGRATION, positionedAs(integration, event.node))
    if (!Object.hasOwn(definition, 'responses')) {
      const responses = own({ '200': own({ description: 'OK' }), '400': own({ description: 'Bad Request' }) })
      setOwn(definition, 'responses', responses)
    }
    if (condition !== undefined) put(item, name, conditional(condition, definition))
  }
  if (methodAuth) applyMethodAuth(methodAuth, transformation)
}

/** Hands the request's body on as the execution's input. */
function requestTemplate({ properties }: Event, { id }: Started): string {
  const input = "$util.escapeJavaScript($input.json('$'))"
  const unescaped = truthy(properties['UnescapeMappingTemplate']) ? String.raw`.replaceAll("\\'","'")` : ''
  return `{"input": "${input}${unescaped}", "stateMachineArn": "\${${id}}"}`
}
