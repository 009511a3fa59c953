import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { ref } from '../intrinsics.ts'
import { orNothing, repr } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'
import { sharedAttributes } from './shared-usage-plan.ts'

const KNOWN = ['CreateUsagePlan', 'Description', 'Quota', 'Tags', 'Throttle', 'UsagePlanName']
const KINDS = ['SHARED', 'PER_API', 'NONE']

/** `Auth.UsagePlan`: a plan with a key of its own, for this API or for all that share one. */
export function usagePlan(api: SamResource, stageId: string, transformation: Transformation): GeneratedResource[] {
  const auth = api.properties['Auth']
  const settings = isMap(auth) ? (auth['UsagePlan'] ?? null) : null
  if (settings === null) return []
  const kind = planKind(api.id, settings)
  if (kind === 'NONE') return []
  const shared = kind === 'SHARED'
  const prefix = shared ? 'Serverless' : api.id
  const stage = { ApiId: ref(api.id), Stage: ref(stageId) }
  const key = { RestApiId: ref(api.id), StageName: ref(stageId) }
  const plan = transformation.sharedUsagePlan
  if (shared) {
    plan.apis.push(api.id)
    plan.apiStages.push(stage)
    plan.stageKeys.push(key)
  }
  const { apis, apiStages, stageKeys } = shared ? plan : { apis: [api.id], apiStages: [stage], stageKeys: [key] }
  const attributes = () => (shared ? sharedAttributes(plan, api.inherited, transformation.conditions) : api.inherited)
  const options = Object.fromEntries(
    KNOWN.slice(1).map((name): [string, Value | undefined] => [name, orNothing((settings as ValueMap)[name])]),
  )
  return [
    generated(
      `${prefix}UsagePlan`,
      'AWS::ApiGateway::UsagePlan',
      { ApiStages: apiStages, ...options },
      { attributes: attributes(), dependsOn: apis },
    ),
    generated(
      `${prefix}ApiKey`,
      'AWS::ApiGateway::ApiKey',
      { Enabled: true, StageKeys: stageKeys },
      { attributes: attributes(), dependsOn: [`${prefix}UsagePlan`] },
    ),
    generated(
      `${prefix}UsagePlanKey`,
      'AWS::ApiGateway::UsagePlanKey',
      { KeyId: ref(`${prefix}ApiKey`), KeyType: 'API_KEY', UsagePlanId: ref(`${prefix}UsagePlan`) },
      { attributes: attributes(), dependsOn: [`${prefix}ApiKey`] },
    ),
  ]
}

function planKind(id: string, settings: Value): string {
  if (!isMap(settings)) throw invalidResource(id, "'UsagePlan' must be a dictionary")
  if (!Object.keys(settings).every((key) => KNOWN.includes(key))) {
    throw invalidResource(id, "Invalid property for 'UsagePlan'")
  }
  const kind = settings['CreateUsagePlan'] ?? null
  if (kind === null) throw invalidResource(id, "'CreateUsagePlan' is a required field for UsagePlan.")
  if (typeof kind !== 'string' || !KINDS.includes(kind)) {
    throw invalidResource(id, `'CreateUsagePlan' accepts one of ${repr(KINDS)}.`)
  }
  return kind
}
