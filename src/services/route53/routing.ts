import { unsupported } from './refusals.ts'

/** What makes a record set more than simple routing: it is refused, never ignored. */
export const OTHER_ROUTING = [
  'CidrRoutingConfig',
  'Failover',
  'GeoLocation',
  'GeoProximityLocation',
  'HealthCheckId',
  'MultiValueAnswer',
  'Region',
  'SetIdentifier',
  'TrafficPolicyInstanceId',
  'Weight',
] as const

export function refuseOtherRouting(recordSet: { readonly [K in (typeof OTHER_ROUTING)[number]]?: unknown }): void {
  const member = OTHER_ROUTING.find((name) => recordSet[name] !== undefined)
  if (member) throw unsupported(`\`${member}\` of record sets: they have simple routing alone`)
}
