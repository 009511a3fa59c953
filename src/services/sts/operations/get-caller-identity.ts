import { operation } from '#kit/operation.ts'
import { GetCallerIdentity } from '#services/models/sts.ts'
import { userIdOf } from '../identity.ts'

/** Needs no permission: everybody may ask who they are. */
export default operation(GetCallerIdentity, {
  run: (_input, { account, principalArn }) => ({ UserId: userIdOf(principalArn), Account: account, Arn: principalArn }),
})
