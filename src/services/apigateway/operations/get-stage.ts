import { operation } from '#kit/operation.ts'
import { GetStage } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { describeStage, getStage } from '../stages.ts'

export default operation(GetStage, {
  authorize: ({ restApiId, stageName }, caller) => permission('GET', `/restapis/${restApiId}/stages/${stageName}`, caller),

  run: ({ restApiId, stageName }, caller, ports) => describeStage(getStage(restApiId, stageName, caller, ports)),
})
