import { isList, isMap, type ValueMap } from '../../template/value.ts'
import { member, put } from '../copy.ts'
import { expectMap, ofProperty } from '../expect.ts'
import { normalizedMethod, pathsOf } from '../openapi/paths.ts'
import { truthy } from '../python.ts'
import { added, beforeChange, closeEdit, copiedShallowly, historyOf, madeNow } from '../python2/history.ts'
import { memberOrder } from '../python2/key-order.ts'
import { inWrittenOrder, isOwnKey, isOwnText, ownAs, setOwn } from '../python2/own-words.ts'
import { invalidResource } from '../refusal.ts'
import type { Transformation } from '../transformation.ts'

/** `MergeDefinitions`: what SAM made for the event goes over what the user wrote about the same method. */
export function mergeDefinition(
  apiId: string,
  api: ValueMap,
  made: ValueMap,
  { path, method }: { path: string; method: string },
  { checked }: Transformation,
): void {
  const body = api['DefinitionBody'] as ValueMap
  const invalid = (text: string) => invalidResource(apiId, `Property 'DefinitionBody' is invalid: ${text}`)
  if (!checked.has(body)) {
    // A document without any paths stays without, as on AWS.
    if (!truthy(body['paths'])) return
    if (!isMap(body['paths'])) throw invalid('It should be a map')
    checked.add(body)
  }
  const paths = pathsOf(body)
  const item = member(paths, path) ?? undefined
  if (item !== undefined && !isMap(item)) throw invalid(`The value of '${path}' should be a map`)
  const found = item && (member(item, method) ?? undefined)
  const written = expectMap(truthy(found) ? found : {}, ofProperty(apiId), `DefinitionBody.paths.${path}.${method}`)
  const generated = (member(pathsOf(made), path) as ValueMap)[normalizedMethod(method)] as ValueMap
  closeEdit(body)
  const both = inWrittenOrder(mergedMethod(body, written, made, generated))
  copiedShallowly(body, body)
  if (!item) {
    put(paths, path, inWrittenOrder({ [method]: both }))
    added(body, paths, path)
    return
  }
  beforeChange(body, item)
  put(item, method, both)
}

/** Both parts of a method in one map, in the order in which AWS reads them. SAM's own has gone through an edit already. */
function mergedMethod(body: ValueMap, written: ValueMap, made: ValueMap, generated: ValueMap): ValueMap {
  closeEdit(made)
  const both: ValueMap = {}
  for (const [key] of memberOrder(body, written)) put(both, key, written[key]!)
  ownAs(both, written)
  const { copies } = historyOf(body)
  for (const [key, came] of memberOrder(made, generated, 1)) {
    const value = generated[key]!
    if (isOwnKey(generated, key)) setOwn(both, key, value, { text: isOwnText(generated, key) })
    else put(both, key, value)
    const since = copies - (historyOf(made).copies - came)
    for (const part of isList(value) ? value : [value]) if (isMap(part)) madeNow(body, part, since)
  }
  return both
}
