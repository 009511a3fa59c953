import { AwsError } from '#core/aws/aws-error.ts'
import { zonesOf } from '#core/aws/zones.ts'
import { operation } from '#kit/operation.ts'
import type { AvailabilityZone } from '#services/models/ec2.ts'
import { DescribeAvailabilityZones } from '#services/models/ec2.ts'
import { described, type Filters } from '../describe.ts'

export default operation(DescribeAvailabilityZones, {
  authorize: () => ({ action: 'ec2:DescribeAvailabilityZones', resource: '*' }),

  run({ ZoneNames = [], ZoneIds = [], Filters }, { region }, _ports) {
    const all = zonesOf(region).map(
      ({ name, id }): AvailabilityZone => ({
        ZoneName: name,
        ZoneId: id,
        RegionName: region,
        State: 'available',
        OptInStatus: 'opt-in-not-required',
        GroupName: `${region}-zg-1`,
        NetworkBorderGroup: region,
        ZoneType: 'availability-zone',
        Messages: [],
      }),
    )
    const unknown = [...ZoneNames, ...ZoneIds].find((one) =>
      all.every(({ ZoneName, ZoneId }) => one !== ZoneName && one !== ZoneId),
    )
    if (unknown !== undefined) throw new AwsError('InvalidParameterValue', `Invalid availability zone: [${unknown}]`)
    const named = all.filter(
      ({ ZoneName = '', ZoneId = '' }) =>
        ZoneNames.length + ZoneIds.length === 0 || ZoneNames.includes(ZoneName) || ZoneIds.includes(ZoneId),
    )
    return { AvailabilityZones: described(named, { Filters }, filters, ({ ZoneId }) => ZoneId).page }
  },
})

const filters: Filters<AvailabilityZone> = {
  'group-name': ({ GroupName }) => GroupName,
  'opt-in-status': ({ OptInStatus }) => OptInStatus,
  'region-name': ({ RegionName }) => RegionName,
  state: ({ State }) => State,
  'zone-id': ({ ZoneId }) => ZoneId,
  'zone-name': ({ ZoneName }) => ZoneName,
  'zone-type': ({ ZoneType }) => ZoneType,
}
