import { operation } from '#kit/operation.ts'
import { GetIntegration } from '#services/models/apigateway.ts'
import { getIntegration } from '../integrations.ts'
import { permission } from '../permissions.ts'

export default operation(GetIntegration, {
  authorize: ({ restApiId, resourceId, httpMethod }, caller) =>
    permission('GET', `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}/integration`, caller),

  run: (input, caller, ports) => getIntegration(input, caller, ports),
})
