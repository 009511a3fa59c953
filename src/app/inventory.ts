import { dnsSuffixOf, type Scope } from '#core/aws/scope.ts'
import type { MethodSnapshot } from '#core/gateway/deployment.ts'
import { runtimeSubstitution } from '#io/runtime/runtime-substitution.ts'
import type { Records } from '#kit/records.ts'
import { resourceKey, type Stack, stackResources, stacks } from '#kit/stacks.ts'
import { releases, snapshots } from '#services/apigateway/releases.ts'
import { type RestApi, restApis } from '#services/apigateway/rest-apis.ts'
import { entranceOf } from '#services/ec2/endpoint-entrance.ts'
import { VPC_ENDPOINT } from '#services/ec2/kinds.ts'
import { functionArn } from '#services/lambda/names.ts'
import { type FunctionRecord, functions } from '#services/lambda/records.ts'
import { changesSince } from './deployment-drift.ts'
import type { ListedApi, ListedEndpoint, ListedFunction, ListedStack, Listing } from './listing.ts'

/** A stage of an API, and the first thing to call in it. */
interface Callable {
  readonly stage: string
  /** See `ListedApi`. */
  readonly undeployed: readonly string[]
  /** The path of a method, with parameters as `{id}`. */
  readonly path: string
}

/** Everything a person wants to see at once. `endpoint` is where the main port is reached. */
export function inventory(records: Records, endpoint: string): Listing {
  const endpoints = records.all(VPC_ENDPOINT.table).map(({ scope, value }) => {
    const { endpointId, account, region, vpcId, serviceName, dnsNames, port } = entranceOf(scope, value, { records })
    return {
      id: endpointId,
      account,
      region,
      vpcId,
      service: serviceName,
      ...(port !== undefined && { url: doorOf(port) }),
      dnsNames,
    }
  })
  return {
    stacks: records
      .all(stacks)
      .filter(({ value }) => value.status !== 'DELETE_COMPLETE')
      .map(({ scope, value }) => listedStack(records, scope, value)),
    apis: records
      .all(restApis)
      .map(({ scope, value }) => listedApi(scope, value, callables(records, scope, value), endpoints, endpoint)),
    endpoints,
    functions: records.all(functions).map(({ scope, value }) => listedFunction(scope, value)),
  }
}

function listedStack(records: Records, scope: Scope, { name, id, status, logicalIds }: Stack): ListedStack {
  const isStub = (logicalId: string) => records.get(stackResources, scope, resourceKey(id, logicalId))?.current?.isStub === true
  return { name, id, ...scope, status, stubs: logicalIds.filter(isStub).length }
}

function listedFunction(scope: Scope, { name, latest }: FunctionRecord): ListedFunction {
  const { runtime } = latest.configuration
  const substitution = runtimeSubstitution(runtime)
  return { name, arn: functionArn(scope, name), ...scope, runtime, ...(substitution !== undefined && { substitution }) }
}

function callables(records: Records, scope: Scope, api: RestApi): Callable[] {
  const { stages = {} } = records.get(releases, scope, api.id) ?? {}
  return Object.values(stages).map(({ stageName, deploymentId }) => {
    const snapshot = records.get(snapshots, scope, `${api.id}/${deploymentId}`)
    return {
      stage: stageName,
      undeployed: snapshot ? changesSince(snapshot, api) : [],
      path: firstPath(snapshot?.methods ?? []),
    }
  })
}

/** What a person would try first: a method that is a GET and needs no parameter, as far as there is one. */
function firstPath(methods: readonly MethodSnapshot[]): string {
  const effort = ({ httpMethod, path }: MethodSnapshot) => (httpMethod === 'GET' ? 0 : 2) + (path.includes('{') ? 1 : 0)
  const [first] = [...methods].sort((a, b) => effort(a) - effort(b))
  return first?.path ?? '/'
}

function listedApi(
  { account, region }: Scope,
  { id, name, endpoint: { type, vpcEndpointIds } }: RestApi,
  callable: readonly Callable[],
  endpoints: readonly ListedEndpoint[],
  main: string,
): ListedApi {
  const listed = {
    ...{ id, name, account, region, type, vpcEndpointIds },
    stages: callable.map(({ stage }) => stage),
    undeployed: [...new Set(callable.flatMap((one) => one.undeployed))],
  }
  if (type !== 'PRIVATE') {
    // curl and browsers resolve names below `localhost` to this machine, so the public form needs no Host header.
    const base = `http://${id}.execute-api.${region}.localhost:${new URL(main).port}`
    return {
      ...listed,
      urls: callable.map(({ stage }) => `${base}/${stage}`),
      ways: callable.map(({ stage, path }) => ({
        how: `from the internet, stage ${stage}`,
        curl: `curl ${quoted(`${base}/${stage}${path}`)}`,
        stage,
      })),
    }
  }
  const suffix = `.execute-api.${region}.${dnsSuffixOf(region)}`
  const doors = endpoints.filter((one) => one.region === region && (vpcEndpointIds.includes(one.id) || one.account === account))
  const through = (header: string, url: string) => `curl -H '${header}' ${quoted(url)}`
  return {
    ...listed,
    urls: doors.flatMap(({ url }) => (url ? callable.map(({ stage }) => `${url}/${stage}`) : [])),
    ways: doors.flatMap(({ id: door, url }) =>
      callable.flatMap(({ stage, path }) => {
        if (url === undefined) return []
        const at = `${url}/${stage}${path}`
        const forms = [
          ['by API id', `x-apigw-api-id: ${id}`],
          ["by the API's host", `Host: ${id}${suffix}`],
          ...(vpcEndpointIds.includes(door) ? [['by the alias', `Host: ${id}-${door}${suffix}`] as const] : []),
        ] as const
        return forms.map(([form, header]) => ({
          how: `through ${door}, ${form}`,
          curl: through(header, at),
          stage,
          endpointId: door,
        }))
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
