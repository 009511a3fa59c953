import { type ResourceRequest, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/apigateway-deployment.ts'
import { createDeployment, retireDeployment, updateDeployment } from '../deployments.ts'
import { unlessGone } from '../gone.ts'
import { getRestApi } from '../rest-apis.ts'
import { accessLogFrom, methodSettingsFrom } from '../stage-properties.ts'
import { deployToStage, type WantedStage } from '../stages.ts'

type Request = ResourceRequest<Properties>

export default resource(schema, {
  honours: ['Description', 'RestApiId', 'StageDescription', 'StageName'],
  refuses: [
    'StageDescription.CacheClusterEnabled',
    'StageDescription.CacheClusterSize',
    'StageDescription.CanarySetting',
    'StageDescription.ClientCertificateId',
  ],

  /** Freezes the API as it is when the resource is made: methods of their own need a `DependsOn`. */
  create(request, ports) {
    const { RestApiId, Description } = request.properties
    const { id } = createDeployment(RestApiId, { description: Description, stage: stageFrom(request) }, request.caller, ports)
    return { ref: id, attributes: { DeploymentId: id } }
  },

  /** Changes what is said of the deployment, never what it froze. */
  update(request, { ref }, ports) {
    const { RestApiId, Description = '' } = request.properties
    const describe = [{ op: 'replace', path: '/description', value: Description }] as const
    updateDeployment(RestApiId, ref, describe, request.caller, ports)
    const stage = stageFrom(request)
    if (stage) deployToStage(getRestApi(RestApiId, request.caller, ports), { ...stage, deploymentId: ref }, request.caller, ports)
    return { ref, attributes: { DeploymentId: ref } }
  },

  delete({ properties: { RestApiId, StageName }, ref, caller }, ports) {
    unlessGone(() => retireDeployment(RestApiId, ref, StageName, caller, ports))
  },
})

/** A stage made in this way has no tags of the stack, as recorded. */
function stageFrom({
  properties: { StageName, StageDescription: p = {} },
}: Request): Omit<WantedStage, 'deploymentId'> | undefined {
  if (StageName === undefined) return undefined
  return {
    stageName: StageName,
    description: p.Description,
    variables: p.Variables,
    methodSettings: methodSettingsFrom([...forAll(p), ...(p.MethodSettings ?? [])]),
    accessLogSettings: accessLogFrom(p.AccessLogSetting),
    tracingEnabled: p.TracingEnabled,
    documentationVersion: p.DocumentationVersion,
    tags: p.Tags && Object.fromEntries(p.Tags.map(({ Key, Value }) => [Key, Value])),
  }
}

/** A stage description may say what holds for every method without a list. */
function forAll(p: NonNullable<Properties['StageDescription']>) {
  const setting = {
    CacheDataEncrypted: p.CacheDataEncrypted,
    CacheTtlInSeconds: p.CacheTtlInSeconds,
    CachingEnabled: p.CachingEnabled,
    DataTraceEnabled: p.DataTraceEnabled,
    LoggingLevel: p.LoggingLevel,
    MetricsEnabled: p.MetricsEnabled,
    ThrottlingBurstLimit: p.ThrottlingBurstLimit,
    ThrottlingRateLimit: p.ThrottlingRateLimit,
  }
  return Object.values(setting).some((value) => value !== undefined) ? [{ ...setting, ResourcePath: '/*', HttpMethod: '*' }] : []
}
