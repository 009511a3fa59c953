import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type { AccessLogSettings, MethodSetting, Stage as StageAnswer } from '#services/models/apigateway.ts'
import { refuseWhileMapped } from './domains/in-use.ts'
import { own } from './own.ts'
import { type LiveSettings, publishStage } from './publish.ts'
import { badRequest, conflict, notFound, unsupported } from './refusals.ts'
import { getReleases, type Releases, type Stage, saveReleases } from './releases.ts'
import { getRestApi } from './rest-apis.ts'
import { shownTime } from './times.ts'

type Reach = Pick<Ports, 'records' | 'clock' | 'dataPlane'>

/** A stage as callers and templates ask for it. */
export interface WantedStage {
  readonly stageName: string
  readonly deploymentId: string
  readonly description?: string | undefined
  readonly variables?: Readonly<Record<string, string>> | undefined
  readonly methodSettings?: Readonly<Record<string, MethodSetting>> | undefined
  readonly accessLogSettings?: AccessLogSettings | undefined
  readonly tracingEnabled?: boolean | undefined
  readonly documentationVersion?: string | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const MAX_STAGES = 10

const invalidStage = () => notFound('Invalid stage identifier specified')

export function getStage(apiId: string, stageName: string, scope: Scope, ports: Pick<Ports, 'records'>): Stage {
  const stage = own(getReleases(apiId, scope, ports).stages, stageName)
  if (!stage) throw invalidStage()
  return stage
}

/** In order of their names. */
export function listStages(
  apiId: string,
  deploymentId: string | undefined,
  scope: Scope,
  ports: Pick<Ports, 'records'>,
): Stage[] {
  getRestApi(apiId, scope, ports)
  return Object.values(getReleases(apiId, scope, ports).stages)
    .filter((stage) => deploymentId === undefined || stage.deploymentId === deploymentId)
    .sort((a, b) => (a.stageName < b.stageName ? -1 : 1))
}

export function createStage(apiId: string, wanted: WantedStage, scope: Scope, ports: Reach): Stage {
  const api = getRestApi(apiId, scope, ports)
  const before = getReleases(apiId, scope, ports)
  if (own(before.stages, wanted.stageName)) throw conflict('Stage already exists')
  checkNewStage(wanted, before)
  const now = ports.clock.now()
  return saveStage(
    api,
    {
      ...wanted,
      description: wanted.description || undefined,
      variables: given(wanted.variables),
      methodSettings: wanted.methodSettings ?? {},
      tracingEnabled: wanted.tracingEnabled ?? false,
      tags: given(wanted.tags),
      createdDate: now,
      lastUpdatedDate: now,
    },
    scope,
    ports,
  )
}

/** CreateDeployment with a stage name: the stage is made, or moves to the new deployment and keeps what the call does not name. */
export function deployToStage(api: LiveSettings, wanted: WantedStage, scope: Scope, ports: Reach): Stage {
  const existing = own(getReleases(api.id, scope, ports).stages, wanted.stageName)
  if (!existing) return createStage(api.id, wanted, scope, ports)
  return saveStage(
    api,
    {
      ...existing,
      deploymentId: wanted.deploymentId,
      description: wanted.description || existing.description,
      variables: given({ ...existing.variables, ...wanted.variables }),
      methodSettings: wanted.methodSettings ?? existing.methodSettings,
      accessLogSettings: wanted.accessLogSettings ?? existing.accessLogSettings,
      tracingEnabled: wanted.tracingEnabled ?? existing.tracingEnabled,
      documentationVersion: wanted.documentationVersion ?? existing.documentationVersion,
      tags: wanted.tags ?? existing.tags,
      lastUpdatedDate: ports.clock.now(),
    },
    scope,
    ports,
  )
}

/** Stores the stage and lets it answer at once: stage settings need no deployment. */
export function saveStage(api: LiveSettings, stage: Stage, scope: Scope, ports: Pick<Ports, 'records' | 'dataPlane'>): Stage {
  const before = getReleases(api.id, scope, ports)
  if (!own(before.deployments, stage.deploymentId)) throw badRequest('Deployment id does not exist')
  saveReleases(api.id, { ...before, stages: { ...before.stages, [stage.stageName]: stage } }, scope, ports)
  publishStage(api, stage, scope, ports)
  return stage
}

export function deleteStage(apiId: string, stageName: string, scope: Scope, ports: Pick<Ports, 'records' | 'dataPlane'>): void {
  getStage(apiId, stageName, scope, ports)
  refuseWhileMapped(apiId, stageName, scope, ports)
  const before = getReleases(apiId, scope, ports)
  const { [stageName]: _gone, ...stages } = before.stages
  saveReleases(apiId, { ...before, stages }, scope, ports)
  ports.dataPlane.withdrawStage(apiId, stageName)
}

function checkNewStage({ stageName }: WantedStage, { stages }: Releases): void {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(stageName)) throw badRequest('Stage name only allows a-zA-Z0-9_')
  // unverified: the words.
  if (Object.keys(stages).length >= MAX_STAGES)
    throw badRequest('Maximum number of stages for this API has been reached. Please contact AWS if you need additional stages.')
}

/** Caches and canaries would change what a stage answers, and nothing here serves them. */
export function refuseUnservedStage(wanted: {
  cacheClusterEnabled?: boolean | undefined
  canarySettings?: object | undefined
}): void {
  if (wanted.cacheClusterEnabled) throw unsupported('a cache cluster')
  if (wanted.canarySettings) throw unsupported('a canary release')
}

export function describeStage({ createdDate, lastUpdatedDate, ...stage }: Stage): StageAnswer {
  return {
    ...stage,
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE',
    createdDate: shownTime(createdDate),
    lastUpdatedDate: shownTime(lastUpdatedDate),
  }
}

function given<T>(map: Readonly<Record<string, T>> | undefined): Readonly<Record<string, T>> | undefined {
  return map && Object.keys(map).length > 0 ? map : undefined
}
