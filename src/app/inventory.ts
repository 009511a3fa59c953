import { dnsSuffixOf } from '#core/aws/scope.ts'
import type { Entrance } from '#core/gateway/entrance.ts'
import type { Records } from '#kit/records.ts'
import { stacks } from '#kit/stacks.ts'
import type { ListedApi, Listing } from './listing.ts'

/** A stage of a REST API with the first thing to call in it. */
interface Callable {
  readonly stage: string
  /** A path that a GET answers, with parameters as `{id}`; `/` where none is known. */
  readonly path: string
}

export interface InventoryApi {
  readonly id: string
  readonly name: string
  readonly account: string
  readonly region: string
  readonly type: string
  readonly vpcEndpointIds: readonly string[]
  readonly callable: readonly Callable[]
}

export interface InventorySources {
  readonly records: Records
  readonly apis: () => readonly InventoryApi[]
  /** Every VPC endpoint; those of `execute-api` as entrances with ports. */
  readonly endpoints: () => readonly (Omit<Entrance, 'policy' | 'addresses' | 'privateDnsEnabled'> & { readonly port?: number })[]
  readonly functions: () => readonly { name: string; arn: string; account: string; region: string; runtime: string }[]
  /** Where the main port is reached. */
  readonly endpoint: string
}

/** Everything a person wants to see at once. */
export function inventory(sources: InventorySources): Listing {
  const endpoints = sources.endpoints()
  return {
    stacks: sources.records
      .all(stacks)
      .filter(({ value }) => value.status !== 'DELETE_COMPLETE')
      .map(({ scope, value: { name, id, status } }) => ({ name, id, ...scope, status })),
    apis: sources.apis().map((api) => listedApi(api, endpoints, sources.endpoint)),
    endpoints: endpoints.map(({ endpointId: id, account, region, vpcId, serviceName: service, port, dnsNames }) => ({
      id,
      account,
      region,
      vpcId,
      service,
      ...(port !== undefined && { url: doorOf(port) }),
      dnsNames,
    })),
    functions: sources.functions(),
  }
}

function listedApi(api: InventoryApi, endpoints: ReturnType<InventorySources['endpoints']>, main: string): ListedApi {
  const { id, name, account, region, type, callable } = api
  const host = `${id}.execute-api.${region}.${dnsSuffixOf(region)}`
  const listed = { id, name, account, region, type, stages: callable.map(({ stage }) => stage) }
  if (type !== 'PRIVATE') {
    // Every client resolves names below `localhost` to this machine, so the public form needs no Host header.
    const base = `http://${id}.execute-api.${region}.localhost:${new URL(main).port}`
    return {
      ...listed,
      urls: callable.map(({ stage }) => `${base}/${stage}`),
      ways: callable.map(({ stage, path }) => ({ how: `from the internet, stage ${stage}`, curl: `curl ${quoted(`${base}/${stage}${path}`)}` })),
    }
  }
  const doors = endpoints.filter((one) => one.port !== undefined && one.region === region && (api.vpcEndpointIds.includes(one.endpointId) || one.account === account))
  return {
    ...listed,
    urls: doors.flatMap(({ port }) => callable.map(({ stage }) => `${doorOf(port as number)}/${stage}`)),
    ways: doors.flatMap(({ endpointId, port }) =>
      callable.flatMap(({ stage, path }) => {
        const url = quoted(`${doorOf(port as number)}/${stage}${path}`)
        const alias = `${id}-${endpointId}${host.slice(id.length)}`
        return [
          { how: `through ${endpointId}, by API id`, curl: `curl -H 'x-apigw-api-id: ${id}' ${url}` },
          { how: `through ${endpointId}, by the API's host`, curl: `curl -H 'Host: ${host}' ${url}` },
          ...(api.vpcEndpointIds.includes(endpointId) ? [{ how: `through ${endpointId}, by the alias`, curl: `curl -H 'Host: ${alias}' ${url}` }] : []),
        ]
      }),
    ),
  }
}

function doorOf(port: number): string {
  return `http://127.0.0.1:${port}`
}

/** Braces mean something to shells and to curl. */
function quoted(url: string): string {
  return /[{}]/.test(url) ? `-g '${url}'` : url
}
