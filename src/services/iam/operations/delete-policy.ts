import { operation } from '#kit/operation.ts'
import { DeletePolicy } from '#services/models/iam.ts'
import { deleteManagedPolicy } from '../managed-policies.ts'

export default operation(DeletePolicy, {
  authorize: ({ PolicyArn }) => ({ action: 'iam:DeletePolicy', resource: PolicyArn }),

  run: ({ PolicyArn }, caller, ports) => deleteManagedPolicy(caller, PolicyArn, ports),
})
