import { AwsError } from '#core/aws/aws-error.ts'
import { hostedZones, isSameVpc, type Route53, type ZoneVpc } from './records.ts'

/** One VPC sees one private zone of each name. */
export function refuseConflict(vpc: ZoneVpc, zoneName: string, { records }: Pick<Route53, 'records'>): void {
  const other = records.all(hostedZones).find(({ value }) => value.name === zoneName && value.vpcs.some(isSameVpc(vpc)))
  if (!other) return
  // unverified: recalled from reports of users.
  throw new AwsError(
    'ConflictingDomainExists',
    `The VPC ${vpc.id} in region ${vpc.region} has already been associated with the hosted zone ${other.value.id} with the same domain name.`,
  )
}
