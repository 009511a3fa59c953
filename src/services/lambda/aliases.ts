import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import { findRevision, getAlias, getFunction } from './functions.ts'
import { conflict, functionArn, functionNotFound, invalid } from './names.ts'
import { type AliasRecord, aliases, functions } from './records.ts'

export interface WantedAlias {
  readonly version?: string | undefined
  readonly description?: string | undefined
  /** By version, the share of the calls that it gets. An empty one takes the routing away. */
  readonly weights?: Readonly<Record<string, number>> | undefined
}

type Reach = Pick<Ports, 'records' | 'ids'>

export function createAlias(scope: Scope, functionName: string, name: string, wanted: WantedAlias, ports: Reach): AliasRecord {
  const { version = '$LATEST', description = '', weights } = wanted
  const routing = checkRouting(scope, functionName, version, weights, ports)
  if (ports.records.get(aliases, scope, `${functionName}:${name}`))
    throw conflict(`Alias already exists: ${functionArn(scope, functionName, name)}`)
  return put(scope, { name, functionName, version, description, revisionId: ports.ids.uuid(), ...routing }, ports)
}

export function updateAlias(scope: Scope, functionName: string, name: string, wanted: WantedAlias, ports: Reach): AliasRecord {
  getFunction(scope, functionName, ports)
  const { routing: before, ...alias } = getAlias(scope, functionName, name, ports)
  const version = wanted.version ?? alias.version
  const routing = wanted.weights
    ? checkRouting(scope, functionName, version, wanted.weights, ports)
    : before && { routing: before }
  const description = wanted.description ?? alias.description
  return put(scope, { ...alias, version, description, revisionId: ports.ids.uuid(), ...routing }, ports)
}

/** Deleting what is gone succeeds. */
export function deleteAlias(scope: Scope, functionName: string, name: string, { records }: Pick<Ports, 'records'>): void {
  records.delete(aliases, scope, `${functionName}:${name}`)
}

export function listAliases(scope: Scope, functionName: string, ports: Pick<Ports, 'records'>, version?: string): AliasRecord[] {
  getFunction(scope, functionName, ports)
  return ports.records
    .list(aliases, scope)
    .map(({ value }) => value)
    .filter((alias) => alias.functionName === functionName && (version === undefined || alias.version === version))
}

function put(scope: Scope, alias: AliasRecord, { records }: Pick<Ports, 'records'>): AliasRecord {
  records.put(aliases, scope, `${alias.functionName}:${alias.name}`, alias)
  return alias
}

/** The order of the checks is Lambda's, as recorded. */
function checkRouting(
  scope: Scope,
  functionName: string,
  version: string,
  weights: Readonly<Record<string, number>> = {},
  ports: Pick<Ports, 'records'>,
): Pick<AliasRecord, 'routing'> {
  const entries = Object.entries(weights)
  const [second] = entries
  if (entries.length > 1) throw invalid('Number of items in AdditionalVersionWeights cannot be greater than 1')
  if (second && second[0] === version)
    throw invalid(
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    )
  if (second && version === '$LATEST') throw invalid('$LATEST is not supported for an alias pointing to more than 1 version')
  const record = ports.records.get(functions, scope, functionName)
  for (const wanted of [version, ...(second ? [second[0]] : [])])
    if (!record || !findRevision(scope, record, wanted, ports)) throw functionNotFound(scope, functionName, wanted)
  return second ? { routing: { version: second[0], weight: second[1] } } : {}
}
