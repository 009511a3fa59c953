import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { GetHostedZoneLimit } from '#services/models/route53.ts'
import { getHostedZone } from '../hosted-zones.ts'
import { permission } from '../permission.ts'

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html */
const MOST_RECORD_SETS = 10_000
const MOST_VPCS = 300

export default operation(GetHostedZoneLimit, {
  authorize: ({ HostedZoneId }, caller) => permission(caller, 'GetHostedZoneLimit', 'hostedzone', HostedZoneId),

  run({ Type, HostedZoneId }, caller, ports) {
    const { isPrivate, recordSets, vpcs } = getHostedZone(caller, HostedZoneId, ports)
    if (Type === 'MAX_RRSETS_BY_ZONE') return { Limit: { Type, Value: MOST_RECORD_SETS }, Count: recordSets.length }
    if (!isPrivate)
      throw new AwsError('HostedZoneNotPrivate', 'The specified hosted zone is a public hosted zone, not a private hosted zone.')
    return { Limit: { Type, Value: MOST_VPCS }, Count: vpcs.length }
  },
})
