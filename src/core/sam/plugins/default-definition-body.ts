import { positionedAs } from '../../template/position.ts'
import { isMap, type ValueMap } from '../../template/value.ts'
import { emptyHttpDocument } from '../openapi/http-document.ts'
import { emptyRestDocument } from '../openapi/rest-document.ts'
import { truthy } from '../python.ts'
import { samResources } from '../sam-types.ts'

const DOCUMENTS: Readonly<Record<string, (origin: ValueMap) => ValueMap>> = {
  'AWS::Serverless::Api': emptyRestDocument,
  'AWS::Serverless::HttpApi': emptyHttpDocument,
}

/** Gives each API without a definition an empty one, and marks it as SAM's own: events add their methods to these alone. */
export function addDefaultDefinitions(template: ValueMap): void {
  for (const [type, emptyDocument] of Object.entries(DOCUMENTS)) {
    for (const [, api] of samResources(template, new Set([type]))) {
      // A REST API needs a stage name: without any properties it is refused for that alone.
      if (api['Properties'] === undefined && type === 'AWS::Serverless::HttpApi') api['Properties'] = positionedAs({}, api)
      const properties = api['Properties']
      if (!isMap(properties) || truthy(properties['DefinitionBody']) || truthy(properties['DefinitionUri'])) continue
      properties['DefinitionBody'] = emptyDocument(api)
      properties['__MANAGE_SWAGGER'] = true
    }
  }
}
