import { positionedAs } from '../../template/position.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { ref } from '../intrinsics.ts'
import { truthy } from '../python.ts'
import { openEdit } from '../python2/history.ts'
import { own } from '../python2/own-words.ts'
import { invalidDocument } from '../refusal.ts'
import { checkPathItems, pathsOf } from './paths.ts'
import { isVersion3 } from './version.ts'

export const POLICY = 'x-amazon-apigateway-policy'

/** The document of a REST API that the user did not describe: every event adds to it. */
export function emptyRestDocument(origin: ValueMap): ValueMap {
  const info = own({ version: '1.0', title: own(ref('AWS::StackName')) })
  return positionedAs(own({ swagger: '2.0', info: positionedAs(info, origin), paths: positionedAs({}, origin) }), origin)
}

/** Whether this is a Swagger 2 or OpenAPI 3 document that can be added to. */
export function isRestDocument(document: Value | undefined): document is ValueMap {
  if (!isMap(document) || !isMap(document['paths'])) return false
  return truthy(document['swagger']) || (truthy(document['openapi']) && isVersion3(document, 'openapi'))
}

/** The document, once it is known that it can be edited; an edit of it begins. `checked` remembers it for the next edit. */
export function editableRestDocument(document: Value | undefined, checked?: WeakSet<ValueMap>): ValueMap {
  const found = checkedRestDocument(document, checked)
  openEdit(found)
  return found
}

/** The document, once it is known that it can be edited. `checked` remembers its paths, which are looked through once. */
export function checkedRestDocument(document: Value | undefined, checked?: WeakSet<ValueMap>): ValueMap {
  if (!isRestDocument(document)) {
    throw invalidDocument("Invalid Swagger document or the Swagger document is not explicitly defined in 'DefinitionBody'.")
  }
  const paths = pathsOf(document)
  if (!checked?.has(paths)) checkPathItems(paths)
  checked?.add(paths)
  return document
}
