import { operation } from '#kit/operation.ts'
import { DeleteParameter } from '#services/models/ssm.ts'
import { deleteParameter, getParameter, parameterArn } from '../parameters.ts'

export default operation(DeleteParameter, {
  authorize: ({ Name }, caller) => ({ action: 'ssm:DeleteParameter', resource: parameterArn(caller, Name) }),

  run({ Name }, caller, ports) {
    getParameter(caller, Name, ports)
    deleteParameter(caller, Name, ports)
  },
})
