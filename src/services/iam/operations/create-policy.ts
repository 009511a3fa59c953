import { operation } from '#kit/operation.ts'
import { CreatePolicy } from '#services/models/iam.ts'
import { createManagedPolicy } from '../managed-policies.ts'
import { shownPolicy } from '../shown.ts'

export default operation(CreatePolicy, {
  authorize: ({ PolicyName }, { account }) => ({
    action: 'iam:CreatePolicy',
    resource: `arn:aws:iam::${account}:policy/${PolicyName}`,
  }),

  run({ PolicyName, Path, Description, PolicyDocument, Tags = [] }, caller, ports) {
    const wanted = { name: PolicyName, path: Path, description: Description, document: PolicyDocument, tags: Tags }
    return { Policy: shownPolicy(caller, createManagedPolicy(caller, wanted, ports), ports) }
  },
})
