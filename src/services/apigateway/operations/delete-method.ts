import { operation } from '#kit/operation.ts'
import { DeleteMethod } from '#services/models/apigateway.ts'
import { deleteMethod } from '../methods.ts'
import { permission } from '../permissions.ts'

export default operation(DeleteMethod, {
  authorize: ({ restApiId, resourceId, httpMethod }, caller) =>
    permission('DELETE', `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}`, caller),

  run: (input, caller, ports) => deleteMethod(input, caller, ports),
})
