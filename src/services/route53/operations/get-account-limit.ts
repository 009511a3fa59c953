import { operation } from '#kit/operation.ts'
import { GetAccountLimit } from '#services/models/route53.ts'
import { listDelegationSets } from '../delegation-sets.ts'
import { listHostedZones } from '../hosted-zones.ts'
import { anything } from '../permission.ts'

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html */
const LIMITS = {
  MAX_HEALTH_CHECKS_BY_OWNER: 200,
  MAX_HOSTED_ZONES_BY_OWNER: 500,
  MAX_REUSABLE_DELEGATION_SETS_BY_OWNER: 100,
  MAX_TRAFFIC_POLICIES_BY_OWNER: 50,
  MAX_TRAFFIC_POLICY_INSTANCES_BY_OWNER: 5,
} as const

export default operation(GetAccountLimit, {
  authorize: () => anything('GetAccountLimit'),

  run({ Type }, caller, ports) {
    const counts: Partial<Record<keyof typeof LIMITS, number>> = {
      MAX_HOSTED_ZONES_BY_OWNER: listHostedZones(caller, ports).length,
      MAX_REUSABLE_DELEGATION_SETS_BY_OWNER: listDelegationSets(caller, ports).length,
    }
    return { Limit: { Type, Value: LIMITS[Type] }, Count: counts[Type] ?? 0 }
  },
})
