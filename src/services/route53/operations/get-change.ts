import { operation } from '#kit/operation.ts'
import { GetChange } from '#services/models/route53.ts'
import { getChange } from '../change-log.ts'
import { permission } from '../permission.ts'

export default operation(GetChange, {
  authorize: ({ Id }, caller) => permission(caller, 'GetChange', 'change', Id),
  run: ({ Id }, caller, ports) => ({ ChangeInfo: getChange(caller, Id, ports) }),
})
