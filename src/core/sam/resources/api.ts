import { authorizerPermissions } from '../api/auth.ts'
import { apiDeployment } from '../api/deployment.ts'
import { apiDomain } from '../api/domain.ts'
import { restApi } from '../api/rest-api.ts'
import { apiStage } from '../api/stage.ts'
import { usagePlan } from '../api/usage-plan.ts'
import { flag, integer, list, literalFlag, map, required, text, textOrMap } from '../properties.ts'
import type { SamResourceType } from '../sam-resource.ts'
import { propagateTags } from '../tags.ts'

/** A REST API with its deployment and stage, its domain, and what its authorizers need. */
export const serverlessApi: SamResourceType = {
  type: 'AWS::Serverless::Api',
  properties: {
    __MANAGE_SWAGGER: flag,
    Name: textOrMap,
    StageName: required(textOrMap),
    Tags: map,
    PropagateTags: flag,
    DefinitionBody: map,
    DefinitionUri: textOrMap,
    MergeDefinitions: literalFlag,
    CacheClusterEnabled: flag,
    CacheClusterSize: text,
    Variables: map,
    EndpointConfiguration: textOrMap,
    MethodSettings: list,
    BinaryMediaTypes: list,
    MinimumCompressionSize: integer,
    Cors: textOrMap,
    Auth: map,
    GatewayResponses: map,
    AccessLogSetting: map,
    CanarySetting: map,
    TracingEnabled: flag,
    OpenApiVersion: text,
    Models: map,
    Domain: map,
    FailOnWarnings: flag,
    Description: text,
    Mode: text,
    DisableExecuteApiEndpoint: flag,
    ApiKeySourceType: text,
    AlwaysDeploy: literalFlag,
    Policy: textOrMap,
    SecurityPolicy: text,
    EndpointAccessMode: text,
  },
  references: {
    Stage: 'AWS::ApiGateway::Stage',
    Deployment: 'AWS::ApiGateway::Deployment',
    DomainName: 'AWS::ApiGateway::DomainName',
    DomainNameV2: 'AWS::ApiGateway::DomainNameV2',
    UsagePlan: 'AWS::ApiGateway::UsagePlan',
    UsagePlanKey: 'AWS::ApiGateway::UsagePlanKey',
    ApiKey: 'AWS::ApiGateway::ApiKey',
  },

  transform(api, transformation) {
    const { properties } = api
    for (const name of ['BinaryMediaTypes', 'Domain', 'Auth']) {
      if (properties[name] !== undefined) properties[name] = transformation.resolve(properties[name])
    }
    const rest = restApi(api, transformation)
    const domain = apiDomain(api, transformation)
    const deployment = apiDeployment(api, rest.properties['Body'] ?? rest.properties['BodyS3Location'], transformation)
    const stage = apiStage(api, deployment.id)
    const permissions = authorizerPermissions(api, transformation)
    const plan = usagePlan(api, stage.id, transformation)
    const resources = [rest, deployment, stage, ...permissions, ...domain, ...plan]
    propagateTags(resources, properties)
    return resources
  },
}
