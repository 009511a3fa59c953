import { operation } from '#kit/operation.ts'
import { CreateDeployment } from '#services/models/apigateway.ts'
import { createDeployment, describeDeployment } from '../deployments.ts'
import { permission } from '../permissions.ts'
import { refuseUnservedStage } from '../stages.ts'

export default operation(CreateDeployment, {
  authorize: ({ restApiId }, caller) => permission('POST', `/restapis/${restApiId}/deployments`, caller),

  run({ restApiId, description, stageName, stageDescription, variables, tracingEnabled, ...rest }, caller, ports) {
    refuseUnservedStage(rest)
    const stage = stageName ? { stageName, description: stageDescription, variables, tracingEnabled } : undefined
    return describeDeployment(createDeployment(restApiId, { description, stage }, caller, ports))
  },
})
