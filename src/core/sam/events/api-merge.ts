import { isMap, type ValueMap } from '../../template/value.ts'
import { member, put } from '../copy.ts'
import { expectMap, ofProperty } from '../expect.ts'
import { normalizedMethod, pathsOf } from '../openapi/paths.ts'
import { truthy } from '../python.ts'
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
  const both = { ...written, ...generated }
  if (item) put(item, method, both)
  else put(paths, path, { [method]: both })
}
