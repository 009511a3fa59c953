import { positionedAs } from '../../template/position.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { ref } from '../intrinsics.ts'
import { truthy } from '../python.ts'
import { invalidDocument } from '../refusal.ts'
import { isVersion3 } from './version.ts'

/** The document of an HTTP API that the user did not describe: every event adds to it. */
export function emptyHttpDocument(origin: ValueMap): ValueMap {
  const info = positionedAs({ version: '1.0', title: ref('AWS::StackName') }, origin)
  return positionedAs({ openapi: '3.0.1', info, paths: positionedAs({}, origin) }, origin)
}

/** Whether this is an OpenAPI 3 document that can be added to. */
export function isHttpDocument(document: Value | undefined): document is ValueMap {
  return isMap(document) && isMap(document['paths']) && truthy(document['openapi']) && isVersion3(document, 'openapi')
}

/** The document, once it is known that it can be edited. */
export function editableHttpDocument(document: Value | undefined): ValueMap {
  if (!isHttpDocument(document)) {
    throw invalidDocument(
      "Invalid OpenApi document. Invalid values or missing keys for 'openapi' or 'paths' in 'DefinitionBody'.",
    )
  }
  if ((document['components'] ?? null) !== null && !isMap(document['components'])) {
    throw invalidDocument("Invalid OpenApi document: The value of 'components' should be a map")
  }
  return document
}
