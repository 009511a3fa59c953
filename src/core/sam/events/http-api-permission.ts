import { isMap, type ValueMap } from '../../template/value.ts'
import { arnText } from '../arn.ts'
import { sub } from '../intrinsics.ts'
import { editableHttpDocument } from '../openapi/http-document.ts'
import { arnOwner } from '../openapi/path-text.ts'
import { ANY_METHOD, contents, DEFAULT_PATH, hasIntegration, INTEGRATION, pathItems, pathsOf } from '../openapi/paths.ts'
import { str, truthy } from '../python.ts'
import { DocumentRefusal, invalidDocument, invalidResource } from '../refusal.ts'
import type { Called, Event } from './event-source.ts'
import { invokePermission } from './permission.ts'

export interface Route {
  readonly event: Event
  readonly path: string
  readonly method: string
  readonly called: Called
  readonly api: ValueMap
}

/** None where the function has the default route as well: whose permission covers every route. */
export function routePermission(route: Route) {
  const { event, method, called, api } = route
  const document = truthy(api['DefinitionBody']) ? documentOf(event, api) : undefined
  let path = route.path.replace(/^(.+)\/$/s, '$1')
  if (path === DEFAULT_PATH) path = ''
  else if (document && isDefaultRouteOf(document, called.target.id)) return []
  // Unlike for REST APIs, a greedy path parameter counts as one only under the name `proxy`.
  path = path.replace(/\{([a-zA-Z0-9._-]+|proxy\+)\}/g, '*')
  const verb = method === 'any' || method === ANY_METHOD ? '*' : method.toUpperCase()
  const place = method === 'any' && path === `/${DEFAULT_PATH}` ? path : `/${verb}${path}`
  const sourceArn = sub(arnText('${AWS::Partition}', 'execute-api', `\${__ApiId__}/\${__Stage__}${place}`), {
    __ApiId__: event.properties['ApiId']!,
    __Stage__: '*',
  })
  return [invokePermission(event.id, called.target, { principal: 'apigateway.amazonaws.com', sourceArn })]
}

function documentOf({ properties }: Event, api: ValueMap): ValueMap {
  try {
    return editableHttpDocument(api['DefinitionBody'])
  } catch (error) {
    if (!(error instanceof DocumentRefusal)) throw error
    const reference = properties['ApiId']
    throw invalidResource(str(isMap(reference) ? reference['Ref'] : reference), error.message)
  }
}

function isDefaultRouteOf(document: ValueMap, functionId: string): boolean {
  const paths = pathsOf(document)
  if (!hasIntegration(paths, DEFAULT_PATH, ANY_METHOD)) return false
  const definitions = pathItems(paths, DEFAULT_PATH).flatMap((item) => contents(item[ANY_METHOD]))
  return definitions.every((definition) => {
    const integration = isMap(definition) ? (definition[INTEGRATION] ?? {}) : {}
    if (!isMap(integration)) throw invalidDocument(`Value of '${INTEGRATION}' must be a dictionary according to Swagger spec.`)
    if (!isMap(integration['uri'])) return false
    return contents(integration['uri']).every((uri) => {
      const arn = isMap(uri) ? uri['Fn::Sub'] : undefined
      return typeof arn === 'string' && arnOwner(arn) === functionId
    })
  })
}
