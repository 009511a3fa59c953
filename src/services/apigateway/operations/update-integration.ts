import { operation } from '#kit/operation.ts'
import { UpdateIntegration } from '#services/models/apigateway.ts'
import { updateIntegration } from '../integrations.ts'
import { permission } from '../permissions.ts'

export default operation(UpdateIntegration, {
  authorize: ({ restApiId, resourceId, httpMethod }, caller) =>
    permission('PATCH', `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}/integration`, caller),

  run: ({ patchOperations, ...place }, caller, ports) => updateIntegration(place, patchOperations, caller, ports),
})
