import { operation } from '#kit/operation.ts'
import { DeleteStage } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { deleteStage } from '../stages.ts'

export default operation(DeleteStage, {
  authorize: ({ restApiId, stageName }, caller) => permission('DELETE', `/restapis/${restApiId}/stages/${stageName}`, caller),

  run: ({ restApiId, stageName }, caller, ports) => deleteStage(restApiId, stageName, caller, ports),
})
