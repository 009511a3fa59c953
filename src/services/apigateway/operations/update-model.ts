import { operation } from '#kit/operation.ts'
import { UpdateModel } from '#services/models/apigateway.ts'
import { updateModel } from '../models.ts'
import { permission } from '../permissions.ts'

export default operation(UpdateModel, {
  authorize: ({ restApiId, modelName }, caller) => permission('PATCH', `/restapis/${restApiId}/models/${modelName}`, caller),

  run: ({ restApiId, modelName, patchOperations }, caller, ports) =>
    updateModel(restApiId, modelName, patchOperations, caller, ports),
})
