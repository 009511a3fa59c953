import { isMap, type ValueMap } from '../template/value.ts'
import { isVersion3, versionText } from './openapi/version.ts'
import { truthy } from './python.ts'

/** Turns the documents that SAM itself makes into OpenAPI 3 where `OpenApiVersion` asks for it. */
export function applyOpenApiVersion(template: ValueMap): void {
  for (const resource of Object.values(template['Resources'] as ValueMap)) {
    if (!isMap(resource) || resource['Type'] !== 'AWS::Serverless::Api') continue
    const properties = resource['Properties']
    if (!isMap(properties) || !Object.hasOwn(properties, '__MANAGE_SWAGGER')) continue
    if (!Object.hasOwn(properties, 'OpenApiVersion') || !isVersion3(properties, 'OpenApiVersion')) continue
    const version = versionText(properties, 'OpenApiVersion')
    properties['OpenApiVersion'] = version
    const body = properties['DefinitionBody']
    if (!isMap(body)) continue
    body['openapi'] = version
    if (truthy(body['swagger'])) delete body['swagger']
  }
}
