import { operation } from '#kit/operation.ts'
import { AddPermission } from '#services/models/lambda.ts'
import { functionArn, readFunctionName } from '../names.ts'
import { addPermission, demandPolicyRevision } from '../permissions.ts'

export default operation(AddPermission, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:AddPermission',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run(input, caller, ports) {
    const { name, qualifier } = readFunctionName(input.FunctionName, input.Qualifier)
    demandPolicyRevision(caller, name, qualifier, input.RevisionId, ports)
    return { Statement: JSON.stringify(addPermission(caller, name, qualifier, input, ports)) }
  },
})
