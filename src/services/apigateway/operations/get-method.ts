import { operation } from '#kit/operation.ts'
import { GetMethod } from '#services/models/apigateway.ts'
import { getMethod } from '../methods.ts'
import { permission } from '../permissions.ts'

export default operation(GetMethod, {
  authorize: ({ restApiId, resourceId, httpMethod }, caller) =>
    permission('GET', `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}`, caller),

  run: (input, caller, ports) => getMethod(input, caller, ports),
})
