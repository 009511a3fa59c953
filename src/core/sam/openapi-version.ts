import { isMap, type ValueMap } from '../template/value.ts'
import { isVersion3, versionText } from './openapi/version.ts'
import { truthy } from './python.ts'
import { beforeChange, closeEdit, removeMember } from './python2/history.ts'
import { setOwn } from './python2/own-words.ts'

/** Turns the documents that SAM itself makes into OpenAPI 3 where `OpenApiVersion` asks for it. */
export function applyOpenApiVersion(template: ValueMap): void {
  for (const resource of Object.values(template['Resources'] as ValueMap)) {
    if (!isMap(resource) || resource['Type'] !== 'AWS::Serverless::Api') continue
    const properties = resource['Properties']
    if (!isMap(properties) || !Object.hasOwn(properties, '__MANAGE_SWAGGER')) continue
    if (!Object.hasOwn(properties, 'OpenApiVersion') || !isVersion3(properties, 'OpenApiVersion')) continue
    const written = properties['OpenApiVersion']
    const version = versionText(properties, 'OpenApiVersion')
    properties['OpenApiVersion'] = version
    const body = properties['DefinitionBody']
    if (!isMap(body)) continue
    closeEdit(body)
    beforeChange(body, body)
    setOwn(body, 'openapi', version, { text: typeof written !== 'string' })
    if (truthy(body['swagger'])) removeMember(body, body, 'swagger')
  }
}
