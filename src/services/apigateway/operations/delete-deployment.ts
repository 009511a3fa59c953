import { operation } from '#kit/operation.ts'
import { DeleteDeployment } from '#services/models/apigateway.ts'
import { deleteDeployment } from '../deployments.ts'
import { permission } from '../permissions.ts'

export default operation(DeleteDeployment, {
  authorize: ({ restApiId, deploymentId }, caller) =>
    permission('DELETE', `/restapis/${restApiId}/deployments/${deploymentId}`, caller),

  run: ({ restApiId, deploymentId }, caller, ports) => deleteDeployment(restApiId, deploymentId, caller, ports),
})
