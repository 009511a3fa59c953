import { operation } from '#kit/operation.ts'
import { GetPolicy } from '#services/models/iam.ts'
import { getManagedPolicy } from '../managed-policies.ts'
import { shownPolicy } from '../shown.ts'

export default operation(GetPolicy, {
  authorize: ({ PolicyArn }) => ({ action: 'iam:GetPolicy', resource: PolicyArn }),

  run: ({ PolicyArn }, caller, ports) => ({ Policy: shownPolicy(caller, getManagedPolicy(caller, PolicyArn, ports), ports) }),
})
