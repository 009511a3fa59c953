import { positionOf } from '../../template/position.ts'
import { isList, isMap, type Value } from '../../template/value.ts'
import { apisOf } from '../apis.ts'
import type { Rule } from '../finding.ts'
import { oncePer } from '../once-per.ts'
import type { Place } from '../place.ts'
import type { Subject } from '../subjects.ts'

/** The name `{api-id}-{vpce-id}` exists only for endpoints that the API is associated with. */
export const aliasWithoutAssociation: Rule = {
  id: 'alias-without-association',
  level: 'error',
  title: 'the alias of an endpoint that the API is not associated with',
  symptom: 'the `{api-id}-{vpce-id}` name does not resolve, or answers 403',

  *find(subjects) {
    const aliases = oncePer(aliasesIn)
    for (const { id, resource, type, endpointIds } of apisOf(subjects)) {
      if (type !== 'PRIVATE' || endpointIds.length > 0) continue
      const at = aliases(resource.subject).get(id)
      if (!at) continue
      yield {
        at,
        cause: `this is the alias of API \`${id}\` for a VPC endpoint, and the API is associated with none`,
        mend: 'list the endpoint in `EndpointConfiguration` (SAM: `VPCEndpointIds`, CloudFormation: `VpcEndpointIds`) and deploy the API',
      }
    }
  },
}

/** The API in `${Api}-….execute-api.`, as outputs and environments of functions write it. */
function apiIn(text: string): string | undefined {
  const [before = '', ...after] = text.split('.execute-api.')
  const name = before.slice(before.lastIndexOf('/') + 1)
  return after.length > 0 ? /^\$\{([A-Za-z0-9]+)\}-/.exec(name)?.[1] : undefined
}

/** The first place of each API's alias. */
function aliasesIn({ file, outputs, resources }: Subject): ReadonlyMap<string, Place> {
  const found = new Map<string, Place>()
  const visit = (node: Value, path: string) => {
    if (isList(node)) for (const [index, item] of node.entries()) visit(item, `${path}[${index}]`)
    if (!isMap(node)) return
    const sub = node['Fn::Sub']
    const text = isList(sub) ? sub[0] : sub
    const api = typeof text === 'string' ? apiIn(text) : undefined
    if (api !== undefined && !found.has(api)) found.set(api, { file, path, position: positionOf(node) })
    for (const [key, member] of Object.entries(node)) visit(member, `${path}.${key}`)
  }
  for (const [id, output] of outputs) visit(output, `Outputs.${id}`)
  for (const { id, properties } of resources.values()) visit(properties, `Resources.${id}.Properties`)
  return found
}
