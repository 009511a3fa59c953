import { operation } from '#kit/operation.ts'
import { UpdateStage } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { describeStage } from '../stages.ts'
import { updateStage } from '../update-stage.ts'

export default operation(UpdateStage, {
  authorize: ({ restApiId, stageName }, caller) => permission('PATCH', `/restapis/${restApiId}/stages/${stageName}`, caller),

  run: ({ restApiId, stageName, patchOperations }, caller, ports) =>
    describeStage(updateStage(restApiId, stageName, patchOperations, caller, ports)),
})
