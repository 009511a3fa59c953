import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import { changedConfiguration, newConfiguration, type WantedConfiguration } from './configuration.ts'
import { prepare } from './executable.ts'
import { conflict, demandRevision, functionArn, functionNotFound, invalid, isVersion, notFound } from './names.ts'
import { type CodeSource, storePackage } from './packages.ts'
import {
  type AliasRecord,
  aliases,
  type FunctionRecord,
  functions,
  policies,
  type Revision,
  versionKey,
  versions,
} from './records.ts'

type Reach = Pick<Ports, 'records' | 'ids' | 'clock' | 'host'>

export interface NewFunction {
  readonly name: string
  readonly wanted: WantedConfiguration
  readonly code: CodeSource
  readonly tags: Readonly<Record<string, string>>
}

export async function createFunction(
  scope: Scope,
  { name, wanted, code, tags }: NewFunction,
  ports: Reach & Pick<Ports, 'objects' | 'blobs'>,
): Promise<FunctionRecord> {
  if (!/^[a-zA-Z0-9-_]{1,64}$/.test(name))
    throw invalid(`\`${name}\` is no function name: up to 64 letters, digits, hyphens and underscores`)
  const configuration = newConfiguration(name, wanted)
  const refuseDouble = () => {
    if (ports.records.get(functions, scope, name)) throw conflict(`Function already exist: ${name}`)
  }
  refuseDouble()
  const stored = await storePackage(scope, code, ports)
  // Another call may have made it while the package was stored.
  refuseDouble()
  const latest = revision({ version: '$LATEST', code: stored, configuration }, ports)
  const made: FunctionRecord = { name, latest, nextVersion: 1, tags }
  ports.records.put(functions, scope, name, made)
  prepare(scope, made, ports)
  return made
}

/** Throws Lambda's refusal where there is no such function. */
export function getFunction(scope: Scope, name: string, ports: Pick<Ports, 'records'>, qualifier?: string): FunctionRecord {
  const found = ports.records.get(functions, scope, name)
  if (!found) throw functionNotFound(scope, name, qualifier)
  return found
}

/** The revision that a qualifier means: the latest, a version, or what an alias points to. */
export function getRevision(scope: Scope, name: string, qualifier: string | undefined, ports: Pick<Ports, 'records'>) {
  const record = getFunction(scope, name, ports, qualifier)
  const found = findRevision(scope, record, qualifier, ports)
  if (!found) throw functionNotFound(scope, name, qualifier)
  return { record, ...found }
}

export function findRevision(
  scope: Scope,
  record: FunctionRecord,
  qualifier: string | undefined,
  { records }: Pick<Ports, 'records'>,
): { readonly revision: Revision; readonly alias?: AliasRecord } | undefined {
  if (qualifier === undefined || qualifier === '$LATEST') return { revision: record.latest }
  const alias = isVersion(qualifier) ? undefined : records.get(aliases, scope, `${record.name}:${qualifier}`)
  const version = alias?.version ?? qualifier
  const revision = version === '$LATEST' ? record.latest : records.get(versions, scope, versionKey(record.name, version))
  return revision && (alias ? { revision, alias } : { revision })
}

/** `revisionId` is that of the latest revision as the caller knows it. */
export async function updateCode(
  scope: Scope,
  name: string,
  { revisionId, ...code }: CodeSource & { readonly revisionId?: string | undefined },
  ports: Reach & Pick<Ports, 'objects' | 'blobs'>,
): Promise<FunctionRecord> {
  const demand = () => demandRevision(revisionId, getFunction(scope, name, ports).latest)
  demand()
  const stored = await storePackage(scope, code, ports)
  // Another call may have changed it while the package was stored.
  demand()
  return changeLatest(scope, name, (latest) => ({ ...latest, code: stored }), ports)
}

export function updateConfiguration(scope: Scope, name: string, wanted: WantedConfiguration, ports: Reach): FunctionRecord {
  return changeLatest(
    scope,
    name,
    (latest) => ({ ...latest, configuration: changedConfiguration(latest.configuration, wanted) }),
    ports,
  )
}

/** Puts a whole new configuration and package in place of the latest: what a template says, and nothing of what was before. */
export async function replaceLatest(
  scope: Scope,
  { name, wanted, code, tags }: NewFunction,
  ports: Reach & Pick<Ports, 'objects' | 'blobs'>,
): Promise<FunctionRecord> {
  const configuration = newConfiguration(name, wanted)
  getFunction(scope, name, ports)
  const stored = await storePackage(scope, code, ports)
  const changed = changeLatest(scope, name, (latest) => ({ ...latest, code: stored, configuration }), ports)
  return putFunction(scope, { ...changed, tags }, ports)
}

function changeLatest(scope: Scope, name: string, change: (latest: Revision) => Revision, ports: Reach): FunctionRecord {
  const record = getFunction(scope, name, ports)
  const latest = revision(change(record.latest), ports)
  const changed = putFunction(scope, { ...record, latest }, ports)
  ports.host.retire(functionArn(scope, name, '$LATEST'))
  prepare(scope, changed, ports)
  return changed
}

export function putFunction(scope: Scope, record: FunctionRecord, { records }: Pick<Ports, 'records'>): FunctionRecord {
  records.put(functions, scope, record.name, record)
  return record
}

/** Deletes the function with its versions, aliases and permissions; or one version of it. */
export function deleteFunction(scope: Scope, name: string, qualifier: string | undefined, ports: Reach): void {
  const { records, host } = ports
  getFunction(scope, name, ports, qualifier)
  if (qualifier !== undefined) {
    deleteVersion(scope, name, qualifier, ports)
    return
  }
  for (const version of ['$LATEST', ...listVersions(scope, name, ports).map(({ version }) => version)])
    host.retire(functionArn(scope, name, version))
  for (const all of [versions, aliases, policies]) {
    for (const { key } of records.list<unknown>(all, scope))
      if (key === name || key.startsWith(`${name}:`)) records.delete(all, scope, key)
  }
  records.delete(functions, scope, name)
}

function deleteVersion(scope: Scope, name: string, qualifier: string, { records, host }: Reach): void {
  if (qualifier === '$LATEST') throw invalid('$LATEST version cannot be deleted without deleting the function.')
  const used = records.list(aliases, scope).find(({ value }) => value.functionName === name && value.version === qualifier)
  if (used) throw conflict(`Version ${qualifier} is referenced by alias ${used.value.name}`)
  records.delete(versions, scope, versionKey(name, qualifier))
  host.retire(functionArn(scope, name, qualifier))
}

/** The published versions of a function, oldest first. */
export function listVersions(scope: Scope, name: string, { records }: Pick<Ports, 'records'>): Revision[] {
  return records
    .list(versions, scope)
    .filter(({ key }) => key.slice(0, key.lastIndexOf(':')) === name)
    .map(({ value }) => value)
}

/** Publishes the latest revision, unless nothing has changed since the last version: then that one is the answer. */
export function publishVersion(
  scope: Scope,
  name: string,
  { description, codeSha256 }: { readonly description?: string | undefined; readonly codeSha256?: string | undefined },
  ports: Reach,
): Revision {
  const record = getFunction(scope, name, ports)
  const { latest } = record
  if (codeSha256 !== undefined && codeSha256 !== latest.code.sha256)
    throw invalid(
      `CodeSHA256 (${codeSha256}) is different from current CodeSHA256 in $LATEST (${latest.code.sha256}). Please try again with the CodeSHA256 in $LATEST.`,
    )
  const last = listVersions(scope, name, ports).at(-1)
  if (last && publishedFrom(last) === publishedFrom(latest)) return last
  const configuration = { ...latest.configuration, description: description ?? latest.configuration.description }
  const version = String(record.nextVersion)
  const published = { ...revision({ ...latest, version, configuration }, ports), lastModified: latest.lastModified }
  ports.records.put(versions, scope, versionKey(name, version), published)
  putFunction(scope, { ...record, nextVersion: record.nextVersion + 1 }, ports)
  return published
}

/** What makes two revisions the same to `PublishVersion`. unverified: whether a changed description alone makes a new version. */
function publishedFrom({ code, configuration }: Revision): string {
  return JSON.stringify([code, { ...configuration, description: '' }])
}

/** Sets how many calls of a function may run at once; nothing takes the limit away. Environments count anew. */
export function reserveConcurrency(
  scope: Scope,
  name: string,
  reserved: number | undefined,
  ports: Pick<Ports, 'records' | 'host'>,
): void {
  const { reservedConcurrency: _, ...record } = getFunction(scope, name, ports, '$LATEST')
  putFunction(scope, reserved === undefined ? record : { ...record, reservedConcurrency: reserved }, ports)
  for (const version of ['$LATEST', ...listVersions(scope, name, ports).map((published) => published.version)])
    ports.host.retire(functionArn(scope, name, version))
}

export function getAlias(scope: Scope, functionName: string, name: string, { records }: Pick<Ports, 'records'>): AliasRecord {
  const found = records.get(aliases, scope, `${functionName}:${name}`)
  if (!found) throw notFound(`Cannot find alias arn: ${functionArn(scope, functionName, name)}`)
  return found
}

function revision(made: Omit<Revision, 'revisionId' | 'lastModified'>, { ids, clock }: Pick<Ports, 'ids' | 'clock'>): Revision {
  return { ...made, revisionId: ids.uuid(), lastModified: clock.now() }
}
