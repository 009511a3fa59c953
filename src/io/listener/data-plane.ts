import type { Gateway } from '#gateway/gateway.ts'
import type { DataPlane } from '#kit/ports.ts'
import type { Listeners } from './listeners.ts'

/** The data plane as the control plane feeds it: the gateway's rules, and the sockets in front of them. */
export function dataPlane(gateway: Gateway, listeners: Listeners): DataPlane {
  return {
    publishStage: (stage) => gateway.publishStage(stage),
    withdrawStage: (apiId, stageName) => gateway.withdrawStage(apiId, stageName),
    publishDomain: (domain) => gateway.publishDomain(domain),
    withdrawDomain: (arn) => gateway.withdrawDomain(arn),
    openEntrance: (entrance) => listeners.open(entrance),
    changeEntrance: (entrance) => gateway.putEntrance(entrance),
    closeEntrance: (endpointId) => listeners.close(endpointId),
  }
}
