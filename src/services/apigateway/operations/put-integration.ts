import { operation } from '#kit/operation.ts'
import { PutIntegration } from '#services/models/apigateway.ts'
import { putIntegration } from '../integrations.ts'
import { permission } from '../permissions.ts'

export default operation(PutIntegration, {
  authorize: ({ restApiId, resourceId, httpMethod }, caller) =>
    permission('PUT', `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}/integration`, caller),

  run: ({ restApiId, resourceId, httpMethod, integrationHttpMethod, ...wanted }, caller, ports) =>
    putIntegration({ restApiId, resourceId, httpMethod }, { ...wanted, httpMethod: integrationHttpMethod }, caller, ports),
})
