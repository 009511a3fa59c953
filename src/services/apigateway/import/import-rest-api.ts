import type { Scope } from '#core/aws/scope.ts'
import type { ValueMap } from '#core/template/value.ts'
import type { Ports } from '#kit/ports.ts'
import { type Definition, emptyDefinition, getDefinition, saveDefinition } from '../definition.ts'
import { changedEndpoint, type WantedEndpoint } from '../endpoint-configuration.ts'
import { storedPolicy } from '../resource-policy.ts'
import { getRestApi, newRestApi, type RestApi, saveRestApi, type WantedApi } from '../rest-apis.ts'
import { changeRestApi } from '../update-rest-api.ts'
import { type ImportMode, importDefinition } from './import-definition.ts'
import { type Importing, type Origin, refuseProblems } from './importing.ts'
import { type ImportedSettings, importedSettings } from './settings.ts'

type Reach = Pick<Ports, 'records' | 'ids' | 'clock' | 'dataPlane'>

export interface ImportRequest {
  readonly document: ValueMap
  /** `basepath`, `endpointConfigurationTypes`. */
  readonly parameters?: Readonly<Record<string, string>> | undefined
  readonly failOnWarnings?: boolean | undefined
  readonly origin?: Origin | undefined
  /** Asked once the whole is known and before anything is stored: a template's refusals. */
  readonly check?: (definition: Definition) => void
}

export interface ImportedApi {
  readonly api: RestApi
  readonly warnings: readonly string[]
}

/** A new API from a definition. What `wanted` says, as the properties of a template do, goes before the definition's own words. */
export function importRestApi(request: ImportRequest, wanted: Partial<WantedApi>, scope: Scope, ports: Reach): ImportedApi {
  const id = ports.ids.alphanumeric(10)
  const importing = begin(request, id, ports)
  const settings = importedSettings(importing)
  const api = newRestApi(
    {
      name: settings.name ?? '',
      ...settings,
      ...given(wanted),
      policy: undefined,
      binaryMediaTypes: union(settings.binaryMediaTypes, wanted.binaryMediaTypes),
      endpointConfiguration: endpointOf(request, settings, wanted.endpointConfiguration),
    },
    scope,
    ports,
    id,
  )
  const definition = importDefinition(
    importing,
    emptyDefinition(api.rootResourceId),
    'overwrite',
    request.parameters?.['basepath'],
  )
  refuseProblems(importing, request.failOnWarnings ?? false)
  request.check?.(definition)
  const policy = policyOf(request, settings, api, scope)
  saveDefinition(id, definition, scope, ports)
  return { api: saveRestApi({ ...api, policy }, scope, ports), warnings: importing.warnings }
}

/** Imports a definition into an API that is there. Its endpoint type stays, whatever the definition says. */
export function putRestApi(
  apiId: string,
  request: ImportRequest & { mode: ImportMode },
  scope: Scope,
  ports: Reach,
): ImportedApi {
  const before = getRestApi(apiId, scope, ports)
  const importing = begin(request, apiId, ports)
  const settings = importedSettings(importing)
  const merged = request.mode === 'merge'
  const definition = importDefinition(
    importing,
    getDefinition(apiId, scope, ports),
    request.mode,
    request.parameters?.['basepath'],
  )
  refuseProblems(importing, request.failOnWarnings ?? false)
  request.check?.(definition)
  const after: RestApi = {
    ...before,
    name: settings.name ?? before.name,
    description: settings.description ?? (merged ? before.description : undefined),
    version: settings.version ?? before.version,
    binaryMediaTypes: merged
      ? (union(before.binaryMediaTypes, settings.binaryMediaTypes) ?? [])
      : (settings.binaryMediaTypes ?? []),
    minimumCompressionSize: settings.minimumCompressionSize ?? (merged ? before.minimumCompressionSize : undefined),
    apiKeySource: settings.apiKeySource ?? before.apiKeySource,
    disableExecuteApiEndpoint: settings.disableExecuteApiEndpoint ?? before.disableExecuteApiEndpoint,
    endpoint: changedEndpoint(before.endpoint, settings.endpoint),
    // A definition without a policy leaves the API's own in place, in either mode. unverified for `overwrite`.
    policy: policyOf(request, settings, before, scope) ?? before.policy,
  }
  saveDefinition(apiId, definition, scope, ports)
  return { api: changeRestApi(before, after, scope, ports), warnings: importing.warnings }
}

function begin({ document, origin = {} }: ImportRequest, apiId: string, { ids }: Reach): Importing {
  return { apiId, document, ids, origin, problems: [], warnings: [] }
}

function policyOf({ origin }: ImportRequest, { policy }: ImportedSettings, api: RestApi, scope: Scope) {
  return policy === undefined ? undefined : storedPolicy(policy, api.id, scope, { stack: origin?.stack })
}

function endpointOf(
  { parameters }: ImportRequest,
  { endpoint }: ImportedSettings,
  wanted: WantedEndpoint | undefined,
): WantedEndpoint {
  const types = parameters?.['endpointConfigurationTypes']?.split(',').map((type) => type.trim())
  return { ...(types && { types }), ...endpoint, ...given(wanted ?? {}) }
}

function union(first: readonly string[] | undefined, second: readonly string[] | undefined): readonly string[] | undefined {
  return first || second ? [...new Set([...(first ?? []), ...(second ?? [])])] : undefined
}

/** Without members that are undefined, so that they do not cover what stands before them. */
function given<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}
