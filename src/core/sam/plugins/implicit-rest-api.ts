import { isMap, type ValueMap } from '../../template/value.ts'
import { expectMap, ofEvent } from '../expect.ts'
import { checkedRestDocument, editableRestDocument, emptyRestDocument, isRestDocument } from '../openapi/rest-document.ts'
import { truthy } from '../python.ts'
import { own } from '../python2/own-words.ts'
import type { ImplicitApiKind } from './implicit-api.ts'

export const implicitRestApi: ImplicitApiKind = {
  id: 'ServerlessRestApi',
  type: 'AWS::Serverless::Api',
  eventType: 'Api',
  apiProperty: 'RestApiId',
  properties: (origin) => own({ StageName: 'Prod', DefinitionBody: emptyRestDocument(origin), __MANAGE_SWAGGER: true }),
  editable: editableRestDocument,

  document(api) {
    const properties = api['Properties']
    if (!isMap(properties) || !isRestDocument(properties['DefinitionBody'])) return undefined
    return truthy(properties['__MANAGE_SWAGGER']) ? checkedRestDocument(properties['DefinitionBody']) : undefined
  },

  prepare(event, node): ValueMap | undefined {
    const properties = node['Properties']
    return truthy(properties) ? expectMap(properties, ofEvent(event), '', 'Properties should be a map.') : undefined
  },
}
