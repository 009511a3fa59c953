import { operation } from '#kit/operation.ts'
import { DeleteRestApi } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { deleteRestApi } from '../rest-apis.ts'

export default operation(DeleteRestApi, {
  authorize: ({ restApiId }, caller) => permission('DELETE', `/restapis/${restApiId}`, caller),

  run: ({ restApiId }, caller, ports) => deleteRestApi(restApiId, caller, ports),
})
