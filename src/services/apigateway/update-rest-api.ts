import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type { PatchOperation } from '#services/models/apigateway.ts'
import { refusePublicWhileMapped } from './domains/in-use.ts'
import { changedEndpoint, type EndpointConfiguration } from './endpoint-configuration.ts'
import { type PatchRules, patched } from './patch.ts'
import { publishStages } from './publish.ts'
import { badRequest, notFound } from './refusals.ts'
import { storedPolicy } from './resource-policy.ts'
import { checkedCompressionSize, getRestApi, type RestApi, saveRestApi, type WantedApi } from './rest-apis.ts'

/** Changes the API's settings by patch operations. Only `disableExecuteApiEndpoint` is felt before the next deployment. */
export function updateRestApi(
  apiId: string,
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Pick<Ports, 'records' | 'dataPlane'>,
): RestApi {
  const before = getRestApi(apiId, scope, ports)
  const draft = patched<Draft>({ api: before, types: [before.endpoint.type], scope }, operations, REST_API_PATCHES, refuse)
  const endpoint = changedEndpoint(before.endpoint, {
    types: draft.types,
    ipAddressType: draft.ipAddressType,
    vpcEndpointIds: draft.vpcEndpointIds,
  })
  return changeRestApi(before, { ...draft.api, endpoint }, scope, ports)
}

/** Stores the changed API and lets its stages feel what is live. */
export function changeRestApi(
  before: RestApi,
  after: RestApi,
  scope: Scope,
  ports: Pick<Ports, 'records' | 'dataPlane'>,
): RestApi {
  if (after.endpoint.type !== 'PRIVATE' && before.endpoint.type === 'PRIVATE') refusePublicWhileMapped(before.id, scope, ports)
  saveRestApi(after, scope, ports)
  if (before.disableExecuteApiEndpoint !== after.disableExecuteApiEndpoint) publishStages(after, scope, ports)
  return after
}

/** Changes the API to what a template now says of it, where the template gives no definition to import. */
export function replaceRestApiSettings(
  apiId: string,
  wanted: Partial<WantedApi>,
  scope: Scope,
  ports: Pick<Ports, 'records' | 'dataPlane'>,
): RestApi {
  const before = getRestApi(apiId, scope, ports)
  const { policy } = wanted
  return changeRestApi(
    before,
    {
      ...before,
      name: wanted.name ?? before.name,
      description: wanted.description,
      binaryMediaTypes: wanted.binaryMediaTypes ?? [],
      apiKeySource: wanted.apiKeySource ?? 'HEADER',
      minimumCompressionSize: checkedCompressionSize(wanted.minimumCompressionSize),
      disableExecuteApiEndpoint: wanted.disableExecuteApiEndpoint ?? false,
      tags: wanted.tags ?? {},
      endpoint: changedEndpoint(before.endpoint, wanted.endpointConfiguration ?? {}),
      policy: policy && storedPolicy(policy.written, apiId, scope, policy),
      source: wanted.source,
    },
    scope,
    ports,
  )
}

/** The endpoint's parts are gathered and judged together: type and endpoint ids may change in one request, in any order. */
interface Draft {
  readonly api: RestApi
  readonly scope: Scope
  readonly types: readonly string[]
  readonly ipAddressType?: string
  readonly vpcEndpointIds?: EndpointConfiguration['vpcEndpointIds']
}

const setting =
  (read: (value: string, draft: Draft) => Partial<RestApi>) =>
  (draft: Draft, value: string): Draft => ({ ...draft, api: { ...draft.api, ...read(value, draft) } })

const endpointIds = ({ api, vpcEndpointIds }: Draft) => vpcEndpointIds ?? api.endpoint.vpcEndpointIds

const REST_API_PATCHES: PatchRules<Draft> = {
  add: {
    '/binaryMediaTypes/*': ({ api, ...draft }, _value, [type = '']) => ({
      ...draft,
      api: { ...api, binaryMediaTypes: [...new Set([...api.binaryMediaTypes, type])] },
    }),
    '/endpointConfiguration/types/*': (draft, value) => ({ ...draft, types: [...new Set([...draft.types, value])] }),
    '/endpointConfiguration/vpcEndpointIds': (draft, value) => ({
      ...draft,
      vpcEndpointIds: [...new Set([...endpointIds(draft), value])],
    }),
  },
  remove: {
    '/binaryMediaTypes/*': ({ api, ...draft }, _value, [type = '']) => {
      // unverified: the words.
      if (!api.binaryMediaTypes.includes(type)) throw notFound('Invalid binary media type specified')
      return { ...draft, api: { ...api, binaryMediaTypes: api.binaryMediaTypes.filter((other) => other !== type) } }
    },
    '/endpointConfiguration/types/*': (draft, _value, [type]) => ({
      ...draft,
      types: draft.types.filter((other) => other !== type),
    }),
    '/endpointConfiguration/vpcEndpointIds': (draft, value) => ({
      ...draft,
      vpcEndpointIds: endpointIds(draft).filter((id) => id !== value),
    }),
  },
  replace: {
    '/apiKeySource': setting((value) => {
      // unverified: the words.
      if (value !== 'HEADER' && value !== 'AUTHORIZER')
        throw badRequest('Invalid apiKeySource specified. Valid options are HEADER,AUTHORIZER')
      return { apiKeySource: value }
    }),
    '/binaryMediaTypes/*': ({ api, ...draft }, value, [type = '']) => ({
      ...draft,
      api: { ...api, binaryMediaTypes: [...new Set(api.binaryMediaTypes.map((other) => (other === type ? value : other)))] },
    }),
    '/description': setting((description) => ({ description: description || undefined })),
    '/disableExecuteApiEndpoint': setting((value) => ({ disableExecuteApiEndpoint: value === 'true' })),
    // A recorded update of a REGIONAL API names EDGE in the path and takes effect all the same: the value alone counts.
    '/endpointConfiguration/types/*': (draft, value) => ({ ...draft, types: [value] }),
    '/endpointConfiguration/ipAddressType': (draft, ipAddressType) => ({ ...draft, ipAddressType }),
    '/endpointConfiguration/vpcEndpointIds': (draft, value) => ({ ...draft, vpcEndpointIds: [value] }),
    '/minimumCompressionSize': setting((value) => ({
      minimumCompressionSize:
        value === '' ? undefined : checkedCompressionSize(/^-?\d+$/.test(value) ? Number(value) : Number.NaN),
    })),
    '/name': setting((name) => ({ name })),
    '/policy': setting((value, { api, scope }) => ({ policy: storedPolicy(value, api.id, scope) })),
    '/version': setting((version) => ({ version })),
  },
}

function refuse(_operation: string, path: string) {
  if (path.startsWith('/endpointConfiguration/types/'))
    return badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'")
  if (path in (REST_API_PATCHES.replace ?? {})) return badRequest('Invalid patch operation specified. Must be one of: [replace]')
  return badRequest(`Invalid patch path ${path}`)
}
