import { AwsError } from '#core/aws/aws-error.ts'
import { dnsSuffixOf } from '#core/aws/scope.ts'
import { operation } from '#kit/operation.ts'
import type { Region } from '#services/models/ec2.ts'
import { DescribeRegions } from '#services/models/ec2.ts'
import { described, type Filters } from '../describe.ts'
import { regionsOf } from '../regions.ts'

export default operation(DescribeRegions, {
  authorize: () => ({ action: 'ec2:DescribeRegions', resource: '*' }),

  run({ RegionNames = [], AllRegions = false, Filters }, { partition }, _ports) {
    const all = regionsOf(partition).map(
      ({ name, optIn }): Region => ({
        RegionName: name,
        Endpoint: `ec2.${name}.${dnsSuffixOf(name)}`,
        OptInStatus: optIn ? 'not-opted-in' : 'opt-in-not-required',
      }),
    )
    const unknown = RegionNames.find((name) => all.every(({ RegionName }) => RegionName !== name))
    if (unknown !== undefined) throw new AwsError('InvalidParameterValue', `Invalid region provided: ${unknown}`)
    const wanted = all.filter(({ RegionName = '', OptInStatus }) =>
      RegionNames.length > 0 ? RegionNames.includes(RegionName) : AllRegions || OptInStatus === 'opt-in-not-required',
    )
    return { Regions: described(wanted, { Filters }, filters, ({ RegionName }) => RegionName).page }
  },
})

const filters: Filters<Region> = {
  endpoint: ({ Endpoint }) => Endpoint,
  'opt-in-status': ({ OptInStatus }) => OptInStatus,
  'region-name': ({ RegionName }) => RegionName,
}
