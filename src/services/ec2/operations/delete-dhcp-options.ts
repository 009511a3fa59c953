import { operation } from '#kit/operation.ts'
import { DeleteDhcpOptions } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { deleteDhcpOptions } from '../dhcp-options.ts'

export default operation(DeleteDhcpOptions, {
  authorize: () => ({ action: 'ec2:DeleteDhcpOptions', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    deleteDhcpOptions(caller, input.DhcpOptionsId, ports)
  },
})
