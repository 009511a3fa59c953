import { picked } from '../copy.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { ref } from '../intrinsics.ts'
import { hashedId } from '../logical-id.ts'
import { isAlphanumeric } from '../python.ts'
import type { SamResource } from '../sam-resource.ts'
import { tagList } from '../tags.ts'

const SAME = [
  'StageName',
  'CacheClusterEnabled',
  'CacheClusterSize',
  'Variables',
  'MethodSettings',
  'AccessLogSetting',
  'CanarySetting',
  'TracingEnabled',
]

/** The stage of an API. Its id has the name where that is a word, a hash of it otherwise, and nothing of a function. */
export function apiStage({ id, properties, inherited }: SamResource, deploymentId: string): GeneratedResource {
  const { StageName: name, Tags } = properties
  const literal = typeof name === 'string' ? name : ''
  const stageId = isAlphanumeric(literal) ? `${id}${literal}Stage` : hashedId(`${id}Stage`, literal)
  return generated(
    stageId,
    'AWS::ApiGateway::Stage',
    {
      RestApiId: ref(id),
      DeploymentId: ref(deploymentId),
      ...picked(properties, SAME),
      Tags: (Tags ?? null) === null ? undefined : tagList(Tags),
    },
    { attributes: inherited },
  )
}
