import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type { Deployment as DeploymentAnswer, PatchOperation } from '#services/models/apigateway.ts'
import { getDefinition } from './definition.ts'
import { freeze } from './freeze.ts'
import { own } from './own.ts'
import { type PatchRules, patched } from './patch.ts'
import { badRequest, notFound } from './refusals.ts'
import { type Deployment, forgetSnapshot, getReleases, getSnapshot, saveReleases, saveSnapshot } from './releases.ts'
import { getRestApi } from './rest-apis.ts'
import { deleteStage, deployToStage, saveStage, type WantedStage } from './stages.ts'
import { shownTime } from './times.ts'

type Reach = Pick<Ports, 'records' | 'ids' | 'clock' | 'dataPlane'>

/** A deployment as callers and templates ask for it; `stage` is the stage to make or to move to it. */
export interface WantedDeployment {
  readonly description?: string | undefined
  readonly stage?: Omit<WantedStage, 'deploymentId'> | undefined
}

const invalidDeployment = () => notFound('Invalid Deployment identifier specified')

/** Freezes the API as it is now. With a stage, that stage answers with it from here on. */
export function createDeployment(apiId: string, wanted: WantedDeployment, scope: Scope, ports: Reach): Deployment {
  const api = getRestApi(apiId, scope, ports)
  const snapshot = freeze(api, getDefinition(apiId, scope, ports), scope)
  const before = getReleases(apiId, scope, ports)
  const moved = own(before.stages, wanted.stage?.stageName)
  const deployment: Deployment = {
    id: ports.ids.alphanumeric(6),
    description: wanted.description || undefined,
    createdDate: ports.clock.now(),
    ...(moved && { tookOver: { stageName: moved.stageName, from: moved.deploymentId } }),
  }
  saveSnapshot(snapshot, deployment.id, scope, ports)
  saveReleases(apiId, { ...before, deployments: { ...before.deployments, [deployment.id]: deployment } }, scope, ports)
  if (wanted.stage) {
    try {
      deployToStage(api, { ...wanted.stage, deploymentId: deployment.id }, scope, ports)
    } catch (error) {
      forgetSnapshot(apiId, deployment.id, scope, ports)
      saveReleases(apiId, before, scope, ports)
      throw error
    }
  }
  return deployment
}

export function getDeployment(apiId: string, id: string, scope: Scope, ports: Pick<Ports, 'records'>): Deployment {
  const deployment = own(getReleases(apiId, scope, ports).deployments, id)
  if (!deployment) throw invalidDeployment()
  return deployment
}

/** Oldest first. */
export function listDeployments(apiId: string, scope: Scope, ports: Pick<Ports, 'records'>): Deployment[] {
  getRestApi(apiId, scope, ports)
  return Object.values(getReleases(apiId, scope, ports).deployments).sort((a, b) => a.createdDate - b.createdDate)
}

export function updateDeployment(
  apiId: string,
  id: string,
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Pick<Ports, 'records'>,
): Deployment {
  const deployment = patched(getDeployment(apiId, id, scope, ports), operations, DEPLOYMENT_PATCHES)
  const before = getReleases(apiId, scope, ports)
  saveReleases(apiId, { ...before, deployments: { ...before.deployments, [id]: deployment } }, scope, ports)
  return deployment
}

export function deleteDeployment(apiId: string, id: string, scope: Scope, ports: Pick<Ports, 'records'>): void {
  getDeployment(apiId, id, scope, ports)
  const before = getReleases(apiId, scope, ports)
  if (Object.values(before.stages).some((stage) => stage.deploymentId === id))
    throw badRequest('Active stages pointing to this deployment must be moved or deleted')
  const { [id]: _gone, ...deployments } = before.deployments
  saveReleases(apiId, { ...before, deployments }, scope, ports)
  forgetSnapshot(apiId, id, scope, ports)
}

/**
 * What a stack does with a deployment that it no longer has. The stage that its template named with it goes back to the deployment that
 * it had before, as far as that is still there (a rollback), and else goes with it; any other stage keeps the deployment from going.
 */
export function retireDeployment(apiId: string, id: string, stageName: string | undefined, scope: Scope, ports: Reach): void {
  const { tookOver } = getDeployment(apiId, id, scope, ports)
  const { deployments, stages } = getReleases(apiId, scope, ports)
  const stage = own(stages, stageName)
  if (stage?.deploymentId === id) {
    const before = tookOver?.stageName === stageName ? own(deployments, tookOver?.from) : undefined
    if (before) saveStage(getRestApi(apiId, scope, ports), { ...stage, deploymentId: before.id }, scope, ports)
    else deleteStage(apiId, stage.stageName, scope, ports)
  }
  deleteDeployment(apiId, id, scope, ports)
}

const DEPLOYMENT_PATCHES: PatchRules<Deployment> = {
  replace: { '/description': (deployment, description) => ({ ...deployment, description: description || undefined }) },
}

export function describeDeployment({ id, description, createdDate }: Deployment): DeploymentAnswer {
  return { id, description, createdDate: shownTime(createdDate) }
}

/** With `embed=apisummary`: which methods the deployment holds, by path and verb. */
export function summaryOf(
  apiId: string,
  id: string,
  scope: Scope,
  ports: Pick<Ports, 'records'>,
): DeploymentAnswer['apiSummary'] {
  const summary: Record<string, Record<string, { authorizationType: string; apiKeyRequired: boolean }>> = {}
  for (const { path, httpMethod, authorizationType, apiKeyRequired } of getSnapshot(apiId, id, scope, ports).methods) {
    summary[path] = { ...summary[path], [httpMethod]: { authorizationType, apiKeyRequired } }
  }
  return summary
}
