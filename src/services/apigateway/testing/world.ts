import type { CustomDomain } from '#core/gateway/custom-domain.ts'
import type { ApiStage } from '#core/gateway/deployment.ts'
import { parseTemplate } from '#core/template/parse.ts'
import { isMap, type ValueMap } from '#core/template/value.ts'
import type { Caller } from '#kit/operation.ts'
import type { DataPlane, Ports } from '#kit/ports.ts'
import type { ResourceRequest } from '#kit/resource.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { refusing } from '#kit/testing/fake-request.ts'
import { putIntegration } from '../integrations.ts'
import { putMethod } from '../methods.ts'
import { createRestApi, type RestApi, type WantedApi } from '../rest-apis.ts'

export const scope = { account: '111122223333', region: 'eu-central-1' }

export const caller: Caller = {
  ...scope,
  partition: 'aws',
  principalArn: 'arn:aws:iam::111122223333:root',
  requestId: 'request',
  endpoint: 'http://127.0.0.1:4566',
  headers: {},
}

export interface World {
  readonly ports: Ports
  /** What the data plane answers with now, by `{apiId}/{stageName}`. */
  readonly published: Map<string, ApiStage>
  /** The custom domain names that it serves, by ARN. */
  readonly domains: Map<string, CustomDomain>
}

/** Fake ports, and a data plane that remembers what it was given. */
export function world(given: Partial<Ports> = {}): World {
  const published = new Map<string, ApiStage>()
  const domains = new Map<string, CustomDomain>()
  const absent = () => {
    throw new Error('API Gateway opens no entrances')
  }
  const dataPlane: DataPlane = {
    publishStage: (stage) => {
      published.set(`${stage.apiId}/${stage.stageName}`, stage)
    },
    withdrawStage: (apiId, stageName) => {
      published.delete(`${apiId}/${stageName}`)
    },
    publishDomain: (domain) => {
      domains.set(domain.arn, domain)
    },
    withdrawDomain: (arn) => {
      domains.delete(arn)
    },
    openEntrance: absent,
    changeEntrance: absent,
    closeEntrance: absent,
  }
  return { ports: fakePorts({ dataPlane, ...given }), published, domains }
}

/** An API with `GET /` answered by a mock: the least that can be deployed. */
export function mockApi({ ports }: World, wanted: Partial<WantedApi> = {}): RestApi {
  const api = createRestApi({ name: 'pets', ...wanted }, scope, ports)
  const place = { restApiId: api.id, resourceId: api.rootResourceId, httpMethod: 'GET' }
  putMethod(place, {}, scope, ports)
  putIntegration(place, { type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } }, scope, ports)
  return api
}

export const policy = (effect: 'Allow' | 'Deny', resource = 'execute-api:/*') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: effect, Principal: '*', Action: 'execute-api:Invoke', Resource: [resource] }],
  })

/** A resource request as the engine makes one, from the text of a template's properties. */
export function requestFrom<Properties>(logicalId: string, properties: string): ResourceRequest<Properties> {
  const written = parseTemplate(properties, { file: 'template.yaml' })
  return {
    properties: plain(written) as Properties,
    written,
    logicalId,
    stack: { id: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/pets/1', name: 'pets', tags: { team: 'zoo' } },
    caller,
    unsupported: refusing,
  }
}

function plain(value: ValueMap): unknown {
  if (!isMap(value)) throw new Error('properties are a map')
  return JSON.parse(JSON.stringify(value))
}
