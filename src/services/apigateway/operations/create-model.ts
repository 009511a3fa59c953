import { operation } from '#kit/operation.ts'
import { CreateModel } from '#services/models/apigateway.ts'
import { createModel } from '../models.ts'
import { permission } from '../permissions.ts'

export default operation(CreateModel, {
  authorize: ({ restApiId }, caller) => permission('POST', `/restapis/${restApiId}/models`, caller),

  run: ({ restApiId, ...wanted }, caller, ports) => createModel(wanted, restApiId, caller, ports),
})
