import { operation } from '#kit/operation.ts'
import { DeleteParameters } from '#services/models/ssm.ts'
import { deleteParameter, parameterArn } from '../parameters.ts'

export default operation(DeleteParameters, {
  authorize: ({ Names }, caller) =>
    Names.map((name) => ({ action: 'ssm:DeleteParameters', resource: parameterArn(caller, name) })),

  run({ Names }, caller, ports) {
    const deleted = new Set(Names.filter((name) => deleteParameter(caller, name, ports)))
    return { DeletedParameters: [...deleted], InvalidParameters: Names.filter((name) => !deleted.has(name)) }
  },
})
