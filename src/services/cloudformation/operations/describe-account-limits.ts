import { operation } from '#kit/operation.ts'
import { DescribeAccountLimits } from '#services/models/cloudformation.ts'
import { onStack } from '../permissions.ts'

/** AWS's defaults. Postern does not count. */
const LIMITS = [
  { Name: 'StackLimit', Value: 2000 },
  { Name: 'StackOutputsLimit', Value: 200 },
  { Name: 'ConcurrentResourcesLimit', Value: 2500 },
]

export default operation(DescribeAccountLimits, {
  authorize: (_input, caller) => onStack('DescribeAccountLimits')({}, caller),
  run: () => ({ AccountLimits: LIMITS }),
})
