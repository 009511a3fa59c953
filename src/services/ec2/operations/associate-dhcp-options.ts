import { operation } from '#kit/operation.ts'
import { AssociateDhcpOptions } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { associateDhcpOptions } from '../dhcp-options.ts'

export default operation(AssociateDhcpOptions, {
  authorize: () => ({ action: 'ec2:AssociateDhcpOptions', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    associateDhcpOptions(caller, input.DhcpOptionsId, input.VpcId, ports)
  },
})
