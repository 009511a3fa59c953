import { operation } from '#kit/operation.ts'
import { CreateDhcpOptions } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { createDhcpOptions } from '../dhcp-options.ts'
import { shownDhcpOptions } from '../shown/dhcp-options.ts'
import { requestedTags } from '../tags.ts'

export default operation(CreateDhcpOptions, {
  authorize: () => ({ action: 'ec2:CreateDhcpOptions', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    // One value may be a list in itself.
    const wanted = input.DhcpConfigurations.map(({ Key: name = '', Values = [] }) => ({
      name,
      values: Values.flatMap((value) => value.split(',')).map((value) => value.trim()),
    }))
    const tags = requestedTags(input.TagSpecifications, 'dhcp-options')
    return { DhcpOptions: shownDhcpOptions(caller, createDhcpOptions(caller, wanted, tags, ports)) }
  },
})
