import { operation } from '#kit/operation.ts'
import { CreateStage } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { createStage, describeStage, refuseUnservedStage } from '../stages.ts'

export default operation(CreateStage, {
  authorize: ({ restApiId }, caller) => permission('POST', `/restapis/${restApiId}/stages`, caller),

  run({ restApiId, cacheClusterEnabled, cacheClusterSize: _size, canarySettings, ...wanted }, caller, ports) {
    refuseUnservedStage({ cacheClusterEnabled, canarySettings })
    return describeStage(createStage(restApiId, wanted, caller, ports))
  },
})
