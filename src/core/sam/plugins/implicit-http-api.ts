import { isMap, type ValueMap } from '../../template/value.ts'
import { member, put } from '../copy.ts'
import { expectMap, ofEvent, ofProperty } from '../expect.ts'
import { onlyIf } from '../intrinsics.ts'
import { editableHttpDocument, emptyHttpDocument, isHttpDocument } from '../openapi/http-document.ts'
import { ANY_METHOD } from '../openapi/paths.ts'
import { truthy } from '../python.ts'
import type { ImplicitApiKind } from './implicit-api.ts'

export const implicitHttpApi: ImplicitApiKind = {
  id: 'ServerlessHttpApi',
  type: 'AWS::Serverless::HttpApi',
  eventType: 'HttpApi',
  apiProperty: 'ApiId',
  properties: (origin) => ({ DefinitionBody: emptyHttpDocument(origin), __MANAGE_SWAGGER: true }),
  editable: editableHttpDocument,

  document(api) {
    const properties = api['Properties']
    if (!isMap(properties) || !isHttpDocument(properties['DefinitionBody'])) return undefined
    return truthy(properties['__MANAGE_SWAGGER']) ? editableHttpDocument(properties['DefinitionBody']) : undefined
  },

  /** An event without path and method is the API's default route. */
  prepare(event, node) {
    const written = node['Properties'] === undefined ? {} : node['Properties']
    const properties = expectMap(written, ofEvent(event), '', 'Properties should be a map.')
    node['Properties'] = properties
    if (!truthy(properties['Path']) && !truthy(properties['Method'])) {
      properties['Path'] = '$default'
      properties['Method'] = ANY_METHOD
    }
    return properties
  },

  configure(event, properties, apiId, api, condition) {
    if (properties['RouteSettings'] === undefined) return
    const { Path: path, Method: method } = properties as { Path: string; Method: string }
    const route = method === ANY_METHOD ? path : `${method.toUpperCase()} ${path}`
    const apiProperties = isMap(api['Properties']) ? api['Properties'] : {}
    const all = expectMap(
      apiProperties['RouteSettings'] === undefined ? {} : apiProperties['RouteSettings'],
      ofProperty(apiId),
      'RouteSettings',
    )
    const own = properties['RouteSettings']
    const settings: ValueMap = condition === undefined ? expectMap(own, ofEvent(event), 'RouteSettings') : onlyIf(condition, own)
    const existing = member(all, route)
    put(all, route, { ...(isMap(existing) ? existing : {}), ...settings })
    apiProperties['RouteSettings'] = all
  },
}
