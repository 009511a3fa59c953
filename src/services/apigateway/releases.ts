import type { Scope } from '#core/aws/scope.ts'
import type { RestApiSnapshot } from '#core/gateway/deployment.ts'
import type { Ports } from '#kit/ports.ts'
import { table } from '#kit/records.ts'
import type { AccessLogSettings, MethodSetting } from '#services/models/apigateway.ts'
import { invalidApi } from './definition.ts'

/** What has been deployed of an API, and which stages point to it. One record per API: neither list is long. */
export interface Releases {
  readonly deployments: Readonly<Record<string, Deployment>>
  readonly stages: Readonly<Record<string, Stage>>
}

export interface Deployment {
  readonly id: string
  readonly description?: string | undefined
  /** Milliseconds since 1970. */
  readonly createdDate: number
  /** The stage that was moved to this deployment when it was made, and the deployment that it had before. */
  readonly tookOver?: { readonly stageName: string; readonly from: string } | undefined
}

export interface Stage {
  readonly stageName: string
  readonly deploymentId: string
  readonly description?: string | undefined
  readonly variables?: Readonly<Record<string, string>> | undefined
  /** By `{path}/{METHOD}` as patch paths write it: slashes of the path as `~1`; `*` for any. */
  readonly methodSettings: Readonly<Record<string, MethodSetting>>
  readonly accessLogSettings?: AccessLogSettings | undefined
  readonly tracingEnabled: boolean
  readonly documentationVersion?: string | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
  /** Milliseconds since 1970. */
  readonly createdDate: number
  readonly lastUpdatedDate: number
}

export const releases = table<Releases>('apigateway/releases')

/** What a deployment froze, by `{apiId}/{deploymentId}`. Written once, never changed. */
export const snapshots = table<RestApiSnapshot>('apigateway/snapshots')

const NONE: Releases = { deployments: {}, stages: {} }

export function getReleases(apiId: string, scope: Scope, { records }: Pick<Ports, 'records'>): Releases {
  return records.get(releases, scope, apiId) ?? NONE
}

export function saveReleases(apiId: string, changed: Releases, scope: Scope, { records }: Pick<Ports, 'records'>): void {
  records.put(releases, scope, apiId, changed)
}

export function getSnapshot(
  apiId: string,
  deploymentId: string,
  scope: Scope,
  { records }: Pick<Ports, 'records'>,
): RestApiSnapshot {
  const snapshot = records.get(snapshots, scope, `${apiId}/${deploymentId}`)
  if (!snapshot) throw invalidApi(apiId, scope)
  return snapshot
}

export function saveSnapshot(
  snapshot: RestApiSnapshot,
  deploymentId: string,
  scope: Scope,
  { records }: Pick<Ports, 'records'>,
): void {
  records.put(snapshots, scope, `${snapshot.apiId}/${deploymentId}`, snapshot)
}

export function forgetSnapshot(apiId: string, deploymentId: string, scope: Scope, { records }: Pick<Ports, 'records'>): void {
  records.delete(snapshots, scope, `${apiId}/${deploymentId}`)
}

/** Withdraws every stage of an API that is going away, and forgets what was deployed of it. */
export function forgetReleases(apiId: string, scope: Scope, ports: Pick<Ports, 'records' | 'dataPlane'>): void {
  const { deployments, stages } = getReleases(apiId, scope, ports)
  for (const stageName of Object.keys(stages)) ports.dataPlane.withdrawStage(apiId, stageName)
  for (const deploymentId of Object.keys(deployments)) forgetSnapshot(apiId, deploymentId, scope, ports)
  ports.records.delete(releases, scope, apiId)
}
