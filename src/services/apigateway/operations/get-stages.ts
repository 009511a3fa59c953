import { operation } from '#kit/operation.ts'
import { GetStages } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { describeStage, listStages } from '../stages.ts'

export default operation(GetStages, {
  authorize: ({ restApiId }, caller) => permission('GET', `/restapis/${restApiId}/stages`, caller),

  run: ({ restApiId, deploymentId }, caller, ports) => ({
    item: listStages(restApiId, deploymentId, caller, ports).map(describeStage),
  }),
})
