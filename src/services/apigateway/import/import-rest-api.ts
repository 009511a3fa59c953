import type { Scope } from '#core/aws/scope.ts'
import type { ValueMap } from '#core/template/value.ts'
import type { Ports } from '#kit/ports.ts'
import { type Definition, emptyDefinition, getDefinition, saveDefinition } from '../definition.ts'
import { changedEndpoint, type WantedEndpoint } from '../endpoint-configuration.ts'
import { storedPolicy } from '../resource-policy.ts'
import { getRestApi, newRestApi, type RestApi, saveRestApi, type WantedApi, type WrittenPolicy } from '../rest-apis.ts'
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
      policy: policyOf(request, settings, wanted),
      binaryMediaTypes: union(settings.binaryMediaTypes, wanted.binaryMediaTypes),
      endpointConfiguration: endpointOf(request, settings, wanted),
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
  saveDefinition(id, definition, scope, ports)
  return { api: saveRestApi(api, scope, ports), warnings: importing.warnings }
}

/** Imports a definition into an API that is there. Only `wanted` may change its endpoint type: a definition alone never does. */
export function putRestApi(
  apiId: string,
  request: ImportRequest & { readonly mode: ImportMode },
  wanted: Partial<WantedApi>,
  scope: Scope,
  ports: Reach,
): ImportedApi {
  const before = getRestApi(apiId, scope, ports)
  const importing = begin(request, apiId, ports)
  const settings = importedSettings(importing)
  const definition = importDefinition(
    importing,
    getDefinition(apiId, scope, ports),
    request.mode,
    request.parameters?.['basepath'],
  )
  refuseProblems(importing, request.failOnWarnings ?? false)
  request.check?.(definition)
  const kept = request.mode === 'merge' ? before : { ...before, ...NOTHING_SAID }
  const policy = policyOf(request, settings, wanted)
  const after: RestApi = {
    ...kept,
    ...settingsOf({ ...settings, ...given(wanted), policy: undefined }),
    binaryMediaTypes: union(union(kept.binaryMediaTypes, settings.binaryMediaTypes), wanted.binaryMediaTypes) ?? [],
    endpoint: changedEndpoint(before.endpoint, { ...settings.endpoint, ...given(wanted.endpointConfiguration ?? {}) }),
    policy: policy ? storedPolicy(policy.written, apiId, scope, policy) : kept.policy,
  }
  saveDefinition(apiId, definition, scope, ports)
  return { api: changeRestApi(before, after, scope, ports), warnings: importing.warnings }
}

/** What overwriting leaves of settings that the definition does not name. unverified for the policy. */
const NOTHING_SAID = { description: undefined, minimumCompressionSize: undefined, policy: undefined, binaryMediaTypes: [] }

function settingsOf(said: Partial<WantedApi>): Partial<RestApi> {
  const { name, description, version, minimumCompressionSize, apiKeySource, disableExecuteApiEndpoint, tags, source } = said
  return given({
    name,
    description,
    version,
    minimumCompressionSize,
    apiKeySource,
    disableExecuteApiEndpoint,
    tags,
    source,
  }) as Partial<RestApi>
}

function begin({ document, origin = {} }: ImportRequest, apiId: string, { ids }: Reach): Importing {
  return { apiId, document, ids, origin, problems: [], warnings: [] }
}

function policyOf(
  { origin }: ImportRequest,
  { policy }: ImportedSettings,
  wanted: Partial<WantedApi>,
): WrittenPolicy | undefined {
  return wanted.policy ?? (policy === undefined ? undefined : { written: policy, stack: origin?.stack })
}

function endpointOf({ parameters }: ImportRequest, { endpoint }: ImportedSettings, wanted: Partial<WantedApi>): WantedEndpoint {
  const types = parameters?.['endpointConfigurationTypes']?.split(',').map((type) => type.trim())
  return { ...(types && { types }), ...endpoint, ...given(wanted.endpointConfiguration ?? {}) }
}

function union(first: readonly string[] | undefined, second: readonly string[] | undefined): readonly string[] | undefined {
  return first || second ? [...new Set([...(first ?? []), ...(second ?? [])])] : undefined
}

/** Without members that are undefined, so that they do not cover what stands before them. */
function given<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}
