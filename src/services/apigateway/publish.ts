import type { Scope } from '#core/aws/scope.ts'
import type { ApiStage, MethodSetting, RestApiSnapshot } from '#core/gateway/deployment.ts'
import type { Ports } from '#kit/ports.ts'
import { unescapePointer } from './patch.ts'
import { getReleases, getSnapshot, type Stage } from './releases.ts'

/** What of an API is felt without a deployment. */
export interface LiveSettings {
  readonly id: string
  readonly disableExecuteApiEndpoint: boolean
}

/** Gives the data plane the stage as it now is: its own settings over the deployment that it points to. */
export function publishStage(api: LiveSettings, stage: Stage, scope: Scope, ports: Pick<Ports, 'records' | 'dataPlane'>): void {
  ports.dataPlane.publishStage(apiStage(api, stage, getSnapshot(api.id, stage.deploymentId, scope, ports)))
}

/** Every stage of the API, after a change that all of them feel. */
export function publishStages(api: LiveSettings, scope: Scope, ports: Pick<Ports, 'records' | 'dataPlane'>): void {
  for (const stage of Object.values(getReleases(api.id, scope, ports).stages)) publishStage(api, stage, scope, ports)
}

function apiStage(api: LiveSettings, stage: Stage, snapshot: RestApiSnapshot): ApiStage {
  const { destinationArn, format } = stage.accessLogSettings ?? {}
  return {
    apiId: api.id,
    stageName: stage.stageName,
    deploymentId: stage.deploymentId,
    variables: stage.variables ?? {},
    snapshot,
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    methodSettings: Object.fromEntries(
      Object.entries(stage.methodSettings).map(([key, setting]) => [publishedKey(key), publishedSetting(setting)]),
    ),
    ...(destinationArn && format && { accessLog: { destinationArn, format } }),
    tracingEnabled: stage.tracingEnabled,
  }
}

/** What the API keys by two asterisks is the data plane's `*`; any other key is the method's path and verb: `~1pets/GET` is `/pets/GET`. */
function publishedKey(key: string): string {
  return key === '*/*' ? '*' : unescapePointer(key)
}

function publishedSetting(setting: Stage['methodSettings'][string]): MethodSetting {
  const { loggingLevel, dataTraceEnabled, metricsEnabled, throttlingBurstLimit, throttlingRateLimit } = setting
  return {
    ...(loggingLevel !== undefined && { loggingLevel: loggingLevel as NonNullable<MethodSetting['loggingLevel']> }),
    ...(dataTraceEnabled !== undefined && { dataTraceEnabled }),
    ...(metricsEnabled !== undefined && { metricsEnabled }),
    ...(throttlingBurstLimit !== undefined && { throttlingBurstLimit }),
    ...(throttlingRateLimit !== undefined && { throttlingRateLimit }),
  }
}
