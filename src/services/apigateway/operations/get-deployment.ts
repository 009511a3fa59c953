import { operation } from '#kit/operation.ts'
import { GetDeployment } from '#services/models/apigateway.ts'
import { describeDeployment, getDeployment, summaryOf } from '../deployments.ts'
import { permission } from '../permissions.ts'

export default operation(GetDeployment, {
  authorize: ({ restApiId, deploymentId }, caller) =>
    permission('GET', `/restapis/${restApiId}/deployments/${deploymentId}`, caller),

  run({ restApiId, deploymentId, embed }, caller, ports) {
    const deployment = describeDeployment(getDeployment(restApiId, deploymentId, caller, ports))
    if (!embed?.includes('apisummary')) return deployment
    return { ...deployment, apiSummary: summaryOf(restApiId, deploymentId, caller, ports) }
  },
})
