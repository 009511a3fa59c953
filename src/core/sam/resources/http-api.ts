import { isMap, type Value } from '../../template/value.ts'
import { bodyLocation } from '../api/rest-api.ts'
import { picked } from '../copy.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { addHttpAuth, httpAuthorizerPermissions } from '../http-api/auth.ts'
import { addHttpCors, addHttpEndpoint, addHttpInfo, addHttpTags } from '../http-api/document.ts'
import { httpDomain } from '../http-api/domain.ts'
import { ref } from '../intrinsics.ts'
import { hashedId } from '../logical-id.ts'
import { anything, flag, flagOrMap, map, text, textOrMap } from '../properties.ts'
import { isAlphanumeric, orNothing, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource, SamResourceType } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'

const DEFAULT_STAGE = '$default'

/** An HTTP API with its stage, its domain, and what its authorizers need. */
export const serverlessHttpApi: SamResourceType = {
  type: 'AWS::Serverless::HttpApi',
  properties: {
    __MANAGE_SWAGGER: flag,
    Name: anything,
    StageName: textOrMap,
    Tags: map,
    PropagateTags: flag,
    DefinitionBody: map,
    DefinitionUri: textOrMap,
    StageVariables: map,
    CorsConfiguration: flagOrMap,
    AccessLogSettings: map,
    DefaultRouteSettings: map,
    Auth: map,
    RouteSettings: map,
    Domain: map,
    FailOnWarnings: flag,
    Description: text,
    DisableExecuteApiEndpoint: flag,
  },
  references: { Stage: 'AWS::ApiGatewayV2::Stage', DomainName: 'AWS::ApiGatewayV2::DomainName' },

  transform(api, transformation) {
    const { properties } = api
    for (const name of ['CorsConfiguration', 'Domain']) {
      if (properties[name] !== undefined) properties[name] = transformation.resolve(properties[name])
    }
    const { http, tags } = httpApi(api, transformation)
    const domain = httpDomain(api, transformation)
    const permissions = httpAuthorizerPermissions(api)
    const stage = httpStage(api, tags)
    if (truthy(tags) && (properties['DefinitionBody'] ?? null) !== null) {
      for (const resource of domain) if (resource.type === 'AWS::ApiGatewayV2::DomainName') resource.properties['Tags'] = tags
    }
    return [http, ...permissions, ...domain, stage]
  },
}

function httpApi(api: SamResource, transformation: Transformation): { http: GeneratedResource; tags: Value | undefined } {
  const { id, properties } = api
  if (truthy(properties['DefinitionUri']) && truthy(properties['DefinitionBody'])) {
    throw invalidResource(id, "Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.")
  }
  addHttpCors(api)
  addHttpAuth(api, transformation)
  const tags = addHttpTags(api)
  addHttpEndpoint(api)
  addHttpInfo(api)
  moveDefaultPath(api)
  const http = generated(
    id,
    'AWS::ApiGatewayV2::Api',
    { FailOnWarnings: orNothing(properties['FailOnWarnings']), ...definition(api) },
    { attributes: api.attributes, dependsOn: api.dependsOn },
  )
  return { http, tags }
}

/** API Gateway warns about a path without a slash, which is an error where warnings are. */
function moveDefaultPath({ properties: { FailOnWarnings, DefinitionBody } }: SamResource): void {
  const paths = isMap(DefinitionBody) ? DefinitionBody['paths'] : undefined
  if (!truthy(FailOnWarnings) || !isMap(paths) || !Object.hasOwn(paths, DEFAULT_STAGE)) return
  paths[`/${DEFAULT_STAGE}`] = paths[DEFAULT_STAGE]!
  delete paths[DEFAULT_STAGE]
}

function definition({ id, properties }: SamResource): { Body?: Value; BodyS3Location?: Value } {
  const { DefinitionUri, DefinitionBody } = properties
  if (truthy(DefinitionUri)) return { BodyS3Location: bodyLocation(id, DefinitionUri!) }
  if (truthy(DefinitionBody)) return { Body: DefinitionBody! }
  throw invalidResource(
    id,
    "'DefinitionUri' or 'DefinitionBody' are required properties of an 'AWS::Serverless::HttpApi'. Add a value for one of these properties or add a 'HttpApi' event to an 'AWS::Serverless::Function'.",
  )
}

const SAME = ['StageVariables', 'AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings']

function httpStage({ id, properties, inherited }: SamResource, tags: Value | undefined): GeneratedResource {
  const name = truthy(properties['StageName']) ? properties['StageName']! : DEFAULT_STAGE
  return generated(
    stageId(id, typeof name === 'string' ? name : ''),
    'AWS::ApiGatewayV2::Stage',
    {
      ApiId: ref(id),
      StageName: name,
      ...picked(properties, SAME),
      Tags: tags,
      AutoDeploy: true,
    },
    { attributes: inherited },
  )
}

function stageId(id: string, name: string): string {
  if (isAlphanumeric(name)) return `${id}${name}Stage`
  return name === DEFAULT_STAGE ? `${id}ApiGatewayDefaultStage` : hashedId(`${id}Stage`, name)
}
