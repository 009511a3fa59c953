import { operation } from '#kit/operation.ts'
import { UpdateAccount } from '#services/models/apigateway.ts'
import { describeAccount, updateAccount } from '../account.ts'
import { permission } from '../permissions.ts'

export default operation(UpdateAccount, {
  authorize: (_input, caller) => permission('PATCH', '/account', caller),

  run: ({ patchOperations }, caller, ports) => describeAccount(updateAccount(patchOperations, caller, ports)),
})
