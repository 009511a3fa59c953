import { isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { member, put } from '../copy.ts'
import { branches, onlyIf } from '../intrinsics.ts'
import { truthy } from '../python.ts'
import { added, beforeChange } from '../python2/history.ts'
import { memberOrder } from '../python2/key-order.ts'
import { inWrittenOrder, own, setOwn } from '../python2/own-words.ts'
import { invalidDocument } from '../refusal.ts'

/*
 * The `paths` of an OpenAPI document, as SAM edits them: a path item, and each method in it, may stand inside an `Fn::If`,
 * and what is done to the method is then done in every branch.
 */

export const INTEGRATION = 'x-amazon-apigateway-integration'
export const ANY_METHOD = 'x-amazon-apigateway-any-method'
export const DEFAULT_PATH = '$default'

/** A path's members that are not methods. */
const NOT_METHODS = ['summary', 'description', 'parameters']

export function pathsOf(document: ValueMap): ValueMap {
  return document['paths'] as ValueMap
}

/** The paths in the order in which AWS goes through them. */
export function pathsInOrder(document: ValueMap): string[] {
  return memberOrder(document, pathsOf(document)).map(([path]) => path)
}

/** The name that a method has in documents: `any` has one of its own. */
export function normalizedMethod(method: string): string {
  const lower = method.toLowerCase()
  return lower === 'any' ? ANY_METHOD : lower
}

/** The values in the branches of an `Fn::If`, or the item itself. */
export function contents(item: Value | undefined): (Value | undefined)[] {
  const found = branches(item)
  if (!found) throw invalidDocument('Value of Fn::If must be a list.')
  return found
}

/** The path item, or each of its branches. */
export function pathItems(paths: ValueMap, path: string): ValueMap[] {
  return contents(member(paths, path)).map((item) => pathItem(item, path))
}

function pathItem(item: Value | undefined, path: string): ValueMap {
  if (isMap(item)) return item
  throw invalidDocument(`Value of '${path}' path must be a dictionary according to Swagger spec.`)
}

/** Refuses a document in which a path, or a branch of one, is not a map. */
export function checkPathItems(paths: ValueMap): void {
  for (const path of Object.keys(paths)) pathItems(paths, path)
}

function methodDefinition(definition: Value | undefined, path: string, method: string): ValueMap {
  if (isMap(definition)) return definition
  throw invalidDocument(`Definition of method '${method}' for path '${path}' should be a map.`)
}

function integrated(definition: ValueMap): boolean {
  return truthy(definition[INTEGRATION])
}

/** The definitions of one method, in whichever branches, that have an integration. */
export function methodsAt(document: ValueMap, path: string, method: string): ValueMap[] {
  const found = pathItems(pathsOf(document), path)
    .flatMap((item) => contents(member(item, normalizedMethod(method))))
    .map((definition) => methodDefinition(definition, path, method))
    .filter(integrated)
  for (const definition of found) beforeChange(document, definition)
  return found
}

/** All methods of a path that have an integration, with their normalized names. */
export function methodsOf(document: ValueMap, path: string): [method: string, definition: ValueMap][] {
  const found = pathItems(pathsOf(document), path).flatMap((item) =>
    Object.entries(item)
      .filter(([method]) => !NOT_METHODS.includes(method))
      .flatMap(([method, definition]) =>
        contents(definition)
          .map((branch) => methodDefinition(branch, path, method))
          .filter(integrated)
          .map((branch): [string, ValueMap] => [normalizedMethod(method), branch]),
      ),
  )
  for (const [, definition] of found) beforeChange(document, definition)
  return found
}

/** Whether every branch of the path has an integration for the method. */
export function hasIntegration(paths: ValueMap, path: string, method: string): boolean {
  const name = normalizedMethod(method)
  const present = contents(member(paths, path)).every((item) => isMap(item) && Object.hasOwn(item, name))
  if (!Object.hasOwn(paths, path) || !present) return false
  return pathItems(paths, path).every((item) => {
    const definition = member(item, name)
    return isMap(definition) && contents(definition).some((branch) => integrated(methodDefinition(branch, path, name)))
  })
}

/** Adds the method to the path unless it is there; answers the definitions' owners, one for each branch of the path. */
export function addMethod(document: ValueMap, path: string, method: string, empty: () => ValueMap): ValueMap[] {
  const paths = pathsOf(document)
  if (!Object.hasOwn(paths, path)) {
    putWord(paths, path, empty())
    added(document, paths, path)
  }
  const items = pathItems(paths, path)
  for (const item of items) {
    if (Object.hasOwn(item, method)) continue
    putWord(item, method, empty())
    added(document, item, method)
  }
  return items
}

/** The path and the method of default routes are SAM's words, all others the template's. */
function putWord(map: ValueMap, key: string, value: ValueMap): void {
  if (key === ANY_METHOD || key === DEFAULT_PATH) setOwn(map, key, value)
  else put(map, key, value)
}

/** Puts the path under a condition; `isOwn` where SAM has named that. */
export function makePathConditional(paths: ValueMap, path: string, condition: string, isOwn: boolean): void {
  put(paths, path, conditional(condition, paths[path]!, isOwn))
}

/** `Fn::If` around a part of a document; its condition is the template's, or one that SAM has named. */
export function conditional(condition: Value, part: Value, isOwn = false): ValueMap {
  const { 'Fn::If': branches } = onlyIf(condition, part) as { 'Fn::If': ValueList }
  return inWrittenOrder(own({ 'Fn::If': own(branches, ...(isOwn ? [1] : [0, 1])) }))
}

/** The path as a permission or a policy names it: every path parameter matches anything. */
export function asPattern(path: string): string {
  return path.replace(/\{([a-zA-Z0-9._-]+|[a-zA-Z0-9._-]+\+|proxy\+)\}/g, '*')
}
