import { createHash } from 'node:crypto'
import { dnsSuffixOf } from '#core/aws/scope.ts'
import { endpointServicesOf } from './endpoint-services.ts'
import type { VpcEndpoint } from './records.ts'

export interface DnsEntry {
  readonly DnsName: string
  readonly HostedZoneId: string
}

// Recorded; AWS publishes no list.
const REGIONAL_ZONES: Readonly<Record<string, string>> = { 'us-east-1': 'Z7HUB22UULQXV', 'us-east-2': 'ZC8PG0KIFKBRI' }

/**
 * The names of an interface endpoint in AWS's order: regional, one a zone, then the private names. Aliases of private APIs are
 * not among them.
 */
export function dnsEntriesOf(
  { id, suffix, serviceName, type, privateDnsEnabled, privateZoneIds }: VpcEndpoint,
  region: string,
  zones: readonly string[],
): readonly DnsEntry[] {
  if (type !== 'Interface') return []
  const service = serviceName.slice(`com.amazonaws.${region}.`.length)
  const HostedZoneId = REGIONAL_ZONES[region] ?? derivedZoneId(region)
  const domain = `${service.split('.').reverse().join('.')}.${region}.vpce.${dnsSuffixOf(region)}`
  const own = ['', ...zones.map((zone) => `-${zone}`)].map((zone) => ({
    DnsName: `${id}-${suffix}${zone}.${domain}`,
    HostedZoneId,
  }))
  if (!privateDnsEnabled) return own
  const names = privateDnsNamesOf(serviceName, region)
  return [...own, ...names.map((DnsName, index) => ({ DnsName, HostedZoneId: privateZoneIds[index] ?? '' }))]
}

export function privateDnsNamesOf(serviceName: string, region: string): readonly string[] {
  return endpointServicesOf(region).find(({ name }) => name === serviceName)?.privateDnsNames ?? []
}

/** unverified: the real id of this region's zone is not known; the same region always gets the same. */
function derivedZoneId(region: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
  const digest = createHash('sha256').update(`vpce ${region}`).digest()
  return `Z${[...digest.subarray(0, 13)].map((byte) => letters[byte % letters.length]).join('')}`
}
