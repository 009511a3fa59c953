import { isMap, type Value } from '../../template/value.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { ref } from '../intrinsics.ts'
import { digestOf } from '../logical-id.ts'
import { str, truthy } from '../python.ts'
import { definitionText, spacedJson } from '../python2/definition-text.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'

/**
 * A deployment whose logical id carries a hash of what it deploys: another definition, another deployment. What AWS leaves out
 * is left out here too: a changed endpoint configuration or `Policy` alone deploys nothing.
 */
export function apiDeployment(
  api: SamResource,
  definition: Value | undefined,
  transformation: Transformation,
): GeneratedResource {
  const { id, properties, inherited: attributes } = api
  const version = properties['OpenApiVersion']
  const prefix = `${id}Deployment`
  // Without an OpenAPI version a second stage named `Stage` comes with the deployment: AWS keeps it for old stacks.
  const resource = { RestApiId: ref(id), ...(!truthy(version) && { StageName: 'Stage' }) }
  if (!truthy(definition)) return generated(prefix, 'AWS::ApiGateway::Deployment', resource, { attributes })
  transformation.spend(definition!)
  const digest = digestOf(hashInput(api, definition!, transformation))
  const Description = `RestApi deployment id: ${digest}`
  return generated(prefix + digest.slice(0, 10), 'AWS::ApiGateway::Deployment', { Description, ...resource }, { attributes })
}

/** AWS's parts, as its Python spells them: the digits are AWS's own. */
function hashInput({ id, properties }: SamResource, definition: Value, { functionNames, always }: Transformation): string {
  if (truthy(properties['AlwaysDeploy'])) return always
  const parts = [isMap(definition) ? definitionText(definition) : str(definition)]
  if (truthy(properties['OpenApiVersion'])) parts.push(str(properties['OpenApiVersion']))
  if (truthy(properties['Domain'])) parts.push(spacedJson(properties['Domain']!))
  const names = functionNames.get(id)?.join('')
  if (names) parts.push(names)
  return parts.join('||')
}
