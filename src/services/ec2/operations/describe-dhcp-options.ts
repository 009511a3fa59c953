import { operation } from '#kit/operation.ts'
import type { DhcpOptions } from '#services/models/ec2.ts'
import { DescribeDhcpOptions } from '#services/models/ec2.ts'
import { chosen, described, type Filters } from '../describe.ts'
import { DHCP_OPTIONS } from '../kinds.ts'
import { shownDhcpOptions } from '../shown/dhcp-options.ts'

export default operation(DescribeDhcpOptions, {
  authorize: () => ({ action: 'ec2:DescribeDhcpOptions', resource: '*' }),

  run({ DhcpOptionsIds, ...input }, caller, ports) {
    const all = chosen(DHCP_OPTIONS, caller, DhcpOptionsIds, ports).map((one) => shownDhcpOptions(caller, one))
    const { page, ...next } = described(all, input, filters, ({ DhcpOptionsId }) => DhcpOptionsId)
    return { DhcpOptions: page, ...next }
  },
})

const filters: Filters<DhcpOptions> = {
  'dhcp-options-id': ({ DhcpOptionsId }) => DhcpOptionsId,
  key: ({ DhcpConfigurations = [] }) => DhcpConfigurations.map(({ Key }) => Key),
  'owner-id': ({ OwnerId }) => OwnerId,
  value: ({ DhcpConfigurations = [] }) => DhcpConfigurations.flatMap(({ Values = [] }) => Values.map(({ Value }) => Value)),
}
