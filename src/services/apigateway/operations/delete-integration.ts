import { operation } from '#kit/operation.ts'
import { DeleteIntegration } from '#services/models/apigateway.ts'
import { deleteIntegration } from '../integrations.ts'
import { permission } from '../permissions.ts'

export default operation(DeleteIntegration, {
  authorize: ({ restApiId, resourceId, httpMethod }, caller) =>
    permission('DELETE', `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}/integration`, caller),

  run: (input, caller, ports) => deleteIntegration(input, caller, ports),
})
