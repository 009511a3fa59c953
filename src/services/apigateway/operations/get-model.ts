import { operation } from '#kit/operation.ts'
import { GetModel } from '#services/models/apigateway.ts'
import { getModel } from '../models.ts'
import { permission } from '../permissions.ts'

export default operation(GetModel, {
  authorize: ({ restApiId, modelName }, caller) => permission('GET', `/restapis/${restApiId}/models/${modelName}`, caller),

  run: ({ restApiId, modelName }, caller, ports) => getModel(restApiId, modelName, caller, ports),
})
