import { operation } from '#kit/operation.ts'
import { UpdateDeployment } from '#services/models/apigateway.ts'
import { describeDeployment, updateDeployment } from '../deployments.ts'
import { permission } from '../permissions.ts'

export default operation(UpdateDeployment, {
  authorize: ({ restApiId, deploymentId }, caller) =>
    permission('PATCH', `/restapis/${restApiId}/deployments/${deploymentId}`, caller),

  run: ({ restApiId, deploymentId, patchOperations }, caller, ports) =>
    describeDeployment(updateDeployment(restApiId, deploymentId, patchOperations, caller, ports)),
})
