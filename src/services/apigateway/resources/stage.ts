import { type ResourceRequest, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/apigateway-stage.ts'
import { unlessGone } from '../gone.ts'
import { badRequest } from '../refusals.ts'
import { getRestApi } from '../rest-apis.ts'
import { accessLogFrom, methodSettingsFrom } from '../stage-properties.ts'
import { createStage, deleteStage, getStage, saveStage, type WantedStage } from '../stages.ts'
import { stackTags } from '../tags.ts'

type Request = ResourceRequest<Properties>

export default resource(schema, {
  honours: [
    'AccessLogSetting',
    'DeploymentId',
    'Description',
    'DocumentationVersion',
    'MethodSettings',
    'RestApiId',
    'StageName',
    'Tags',
    'TracingEnabled',
    'Variables',
  ],

  create(request, ports) {
    const { stageName } = createStage(request.properties.RestApiId, stageFrom(request), request.caller, ports)
    return { ref: stageName, attributes: {} }
  },

  update(request, { ref }, ports) {
    const { RestApiId } = request.properties
    const wanted = { ...stageFrom(request), stageName: ref }
    const { createdDate } = getStage(RestApiId, ref, request.caller, ports)
    const dates = { createdDate, lastUpdatedDate: ports.clock.now() }
    saveStage(getRestApi(RestApiId, request.caller, ports), { ...wanted, ...dates }, request.caller, ports)
    return { ref, attributes: {} }
  },

  delete({ properties, ref, caller }, ports) {
    unlessGone(() => deleteStage(properties.RestApiId, ref, caller, ports))
  },
})

function stageFrom({ properties: p, logicalId, stack }: Request) {
  // unverified: the words. CloudFormation's schema does not require it, and API Gateway does.
  if (p.DeploymentId === undefined) throw badRequest('Deployment id does not exist')
  return {
    stageName: p.StageName ?? 'default',
    deploymentId: p.DeploymentId,
    description: p.Description,
    variables: p.Variables,
    methodSettings: methodSettingsFrom(p.MethodSettings),
    accessLogSettings: accessLogFrom(p.AccessLogSetting),
    tracingEnabled: p.TracingEnabled ?? false,
    documentationVersion: p.DocumentationVersion,
    tags: stackTags(logicalId, stack, p.Tags),
  } satisfies WantedStage
}
