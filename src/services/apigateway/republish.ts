import type { Ports } from '#kit/ports.ts'
import { domainNames, publishDomain } from './domains/domain-names.ts'
import { publishStage } from './publish.ts'
import { releases } from './releases.ts'
import { restApis } from './rest-apis.ts'

/** Publishes every deployed stage and every custom domain name of every account and region: what a start has to do before requests are answered. */
export function republish(ports: Pick<Ports, 'records' | 'dataPlane'>): void {
  for (const { scope, key, value } of ports.records.all(releases)) {
    const api = ports.records.get(restApis, scope, key)
    if (!api) continue
    for (const stage of Object.values(value.stages)) publishStage(api, stage, scope, ports)
  }
  for (const { scope, value } of ports.records.all(domainNames)) publishDomain(value, scope, ports)
}
