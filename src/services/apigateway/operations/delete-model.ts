import { operation } from '#kit/operation.ts'
import { DeleteModel } from '#services/models/apigateway.ts'
import { deleteModel } from '../models.ts'
import { permission } from '../permissions.ts'

export default operation(DeleteModel, {
  authorize: ({ restApiId, modelName }, caller) => permission('DELETE', `/restapis/${restApiId}/models/${modelName}`, caller),

  run: ({ restApiId, modelName }, caller, ports) => deleteModel(restApiId, modelName, caller, ports),
})
