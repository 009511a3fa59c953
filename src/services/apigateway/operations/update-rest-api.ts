import { operation } from '#kit/operation.ts'
import { UpdateRestApi } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { describeRestApi } from '../rest-apis.ts'
import { updateRestApi } from '../update-rest-api.ts'

export default operation(UpdateRestApi, {
  authorize: ({ restApiId }, caller) => permission('PATCH', `/restapis/${restApiId}`, caller),

  run: ({ restApiId, patchOperations }, caller, ports) =>
    describeRestApi(updateRestApi(restApiId, patchOperations, caller, ports)),
})
