import { operation } from '#kit/operation.ts'
import { GetParameter } from '#services/models/ssm.ts'
import { parameterArn } from '../parameters.ts'
import { selected } from '../selected.ts'

export default operation(GetParameter, {
  authorize: ({ Name }, caller) => ({ action: 'ssm:GetParameter', resource: parameterArn(caller, Name) }),

  run: ({ Name }, caller, ports) => ({ Parameter: selected(caller, Name, ports) }),
})
