import { operation } from '#kit/operation.ts'
import { GetAccount } from '#services/models/apigateway.ts'
import { describeAccount, getAccount } from '../account.ts'
import { permission } from '../permissions.ts'

export default operation(GetAccount, {
  authorize: (_input, caller) => permission('GET', '/account', caller),

  run: (_input, caller, ports) => describeAccount(getAccount(caller, ports)),
})
