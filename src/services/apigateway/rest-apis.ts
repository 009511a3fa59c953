import type { Source } from '#core/aws/reason.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Position } from '#core/template/position.ts'
import type { Value } from '#core/template/value.ts'
import type { Ports } from '#kit/ports.ts'
import { table } from '#kit/records.ts'
import type { ApiKeySourceType, RestApi as RestApiAnswer } from '#services/models/apigateway.ts'
import { definitions, emptyDefinition, invalidApi, saveDefinition } from './definition.ts'
import { refuseWhileMapped } from './domains/in-use.ts'
import {
  checkEndpointEnums,
  describeEndpoint,
  type EndpointConfiguration,
  endpointConfiguration,
  type WantedEndpoint,
} from './endpoint-configuration.ts'
import { DEFAULT_MODELS } from './models.ts'
import { badRequest, unsupported } from './refusals.ts'
import { forgetReleases } from './releases.ts'
import { describePolicy, type StoredPolicy, storedPolicy } from './resource-policy.ts'
import { shownTime } from './times.ts'

/** The settings of an API while it is edited; what it consists of is its `Definition`. */
export interface RestApi {
  readonly id: string
  readonly name: string
  readonly description?: string | undefined
  readonly version?: string | undefined
  /** Milliseconds since 1970. */
  readonly createdDate: number
  readonly endpoint: EndpointConfiguration
  readonly policy?: StoredPolicy | undefined
  readonly binaryMediaTypes: readonly string[]
  readonly apiKeySource: ApiKeySourceType
  readonly minimumCompressionSize?: number | undefined
  readonly disableExecuteApiEndpoint: boolean
  readonly tags: Readonly<Record<string, string>>
  readonly rootResourceId: string
  /** Where the template configures the endpoint type. */
  readonly source?: Source | undefined
}

export const restApis = table<RestApi>('apigateway/rest-apis')

/** A new API as callers and templates ask for it. */
export interface WantedApi {
  readonly name: string
  readonly description?: string | undefined
  readonly version?: string | undefined
  readonly binaryMediaTypes?: readonly string[] | undefined
  readonly minimumCompressionSize?: number | undefined
  readonly apiKeySource?: ApiKeySourceType | undefined
  readonly endpointConfiguration?: WantedEndpoint | undefined
  readonly policy?: WrittenPolicy | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
  readonly disableExecuteApiEndpoint?: boolean | undefined
  readonly cloneFrom?: string | undefined
  readonly source?: Source | undefined
}

/** A policy, and where it stands if a template holds it. */
export interface WrittenPolicy {
  readonly written: Value
  readonly stack?: string | undefined
  readonly position?: Position | undefined
}

type Reach = Pick<Ports, 'records' | 'ids' | 'clock'>

export function getRestApi(apiId: string, scope: Scope, { records }: Pick<Ports, 'records'>): RestApi {
  const api = records.get(restApis, scope, apiId)
  if (!api) throw invalidApi(apiId, scope)
  return api
}

/** Oldest first. */
export function listRestApis(scope: Scope, { records }: Pick<Ports, 'records'>): RestApi[] {
  return records
    .list(restApis, scope)
    .map(({ value }) => value)
    .sort((a, b) => a.createdDate - b.createdDate || (a.id < b.id ? -1 : 1))
}

export function saveRestApi(api: RestApi, scope: Scope, { records }: Pick<Ports, 'records'>): RestApi {
  records.put(restApis, scope, api.id, api)
  return api
}

export function createRestApi(wanted: WantedApi, scope: Scope, ports: Reach): RestApi {
  const api = newRestApi(wanted, scope, ports)
  saveRestApi(api, scope, ports)
  saveDefinition(api.id, { ...emptyDefinition(api.rootResourceId), models: DEFAULT_MODELS(ports.ids) }, scope, ports)
  return api
}

/** Checked and complete, with ids of its own, but not stored: an import still has to succeed. */
export function newRestApi(wanted: WantedApi, scope: Scope, { ids, clock }: Reach, id = ids.alphanumeric(10)): RestApi {
  checkEndpointEnums(wanted.endpointConfiguration ?? {})
  if (wanted.cloneFrom !== undefined) throw unsupported('`cloneFrom`')
  if (wanted.description === '') throw badRequest('Description cannot be an empty string')
  const minimumCompressionSize = checkedCompressionSize(wanted.minimumCompressionSize)
  return {
    id,
    name: wanted.name,
    description: wanted.description,
    version: wanted.version,
    createdDate: clock.now(),
    endpoint: endpointConfiguration(wanted.endpointConfiguration),
    policy: wanted.policy === undefined ? undefined : storedPolicy(wanted.policy.written, id, scope, wanted.policy),
    binaryMediaTypes: wanted.binaryMediaTypes ?? [],
    apiKeySource: wanted.apiKeySource ?? 'HEADER',
    minimumCompressionSize,
    disableExecuteApiEndpoint: wanted.disableExecuteApiEndpoint ?? false,
    tags: wanted.tags ?? {},
    rootResourceId: ids.alphanumeric(10),
    ...(wanted.source && { source: wanted.source }),
  }
}

/** Forgets the API with all that belongs to it; its stages stop answering. */
export function deleteRestApi(apiId: string, scope: Scope, ports: Pick<Ports, 'records' | 'dataPlane'>): void {
  getRestApi(apiId, scope, ports)
  refuseWhileMapped(apiId, undefined, scope, ports)
  forgetReleases(apiId, scope, ports)
  ports.records.delete(definitions, scope, apiId)
  ports.records.delete(restApis, scope, apiId)
}

export function checkedCompressionSize(size: number | undefined): number | undefined {
  if (size === undefined) return undefined
  if (!Number.isInteger(size) || size < 0 || size > 10_485_760)
    throw badRequest('Invalid minimum compression size, must be between 0 and 10485760')
  return size
}

/** What every answer holds. AWS leaves `tags` out of the answer to a creation without tags, and shows `{}` everywhere else. */
export function describeRestApi(api: RestApi, on: 'create' | 'read' = 'read'): RestApiAnswer {
  return {
    id: api.id,
    name: api.name,
    description: api.description,
    createdDate: shownTime(api.createdDate),
    version: api.version,
    binaryMediaTypes: api.binaryMediaTypes.length > 0 ? api.binaryMediaTypes : undefined,
    minimumCompressionSize: api.minimumCompressionSize,
    apiKeySource: api.apiKeySource,
    endpointConfiguration: describeEndpoint(api.endpoint),
    policy: api.policy && describePolicy(api.policy),
    tags: on === 'read' || Object.keys(api.tags).length > 0 ? api.tags : undefined,
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    rootResourceId: api.rootResourceId,
  }
}
