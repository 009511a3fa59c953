import { positionedAs } from '../../template/position.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { ref } from '../intrinsics.ts'
import { str, truthy } from '../python.ts'
import { invalidDocument } from '../refusal.ts'
import { checkPathItems } from './paths.ts'

export const POLICY = 'x-amazon-apigateway-policy'

/** The document of a REST API that the user did not describe: every event adds to it. */
export function emptyRestDocument(origin: ValueMap): ValueMap {
  const info = positionedAs({ version: '1.0', title: ref('AWS::StackName') }, origin)
  return positionedAs({ swagger: '2.0', info, paths: positionedAs({}, origin) }, origin)
}

/** Whether this is a Swagger 2 or OpenAPI 3 document that can be added to. */
export function isRestDocument(document: Value | undefined): document is ValueMap {
  if (!isMap(document) || !isMap(document['paths'])) return false
  return truthy(document['swagger']) || (truthy(document['openapi']) && isVersion3(document['openapi']))
}

/** The document, once it is known that it can be edited. */
export function editableRestDocument(document: Value | undefined): ValueMap {
  if (!isRestDocument(document)) {
    throw invalidDocument("Invalid Swagger document or the Swagger document is not explicitly defined in 'DefinitionBody'.")
  }
  checkPathItems(document['paths'] as ValueMap)
  return document
}

/** As AWS reads a version: text or number, `3`, `3.0` or `3.0.1`. */
export function isVersion3(version: Value | undefined): boolean {
  return /^3(\.\d)(\.\d)?$/.test(versionText(version))
}

export function isSupportedVersion(version: Value | undefined): boolean {
  return /^[2-3](\.\d)(\.\d)?$/.test(versionText(version))
}

/** A version as text. YAML reads `3.0` as the number 3, which AWS's Python prints as `3.0`. */
export function versionText(version: Value | undefined): string {
  return typeof version === 'number' && Number.isInteger(version) ? `${version}.0` : str(version)
}
