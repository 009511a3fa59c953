import { operation } from '#kit/operation.ts'
import { GetRestApi } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { describeRestApi, getRestApi } from '../rest-apis.ts'

export default operation(GetRestApi, {
  authorize: ({ restApiId }, caller) => permission('GET', `/restapis/${restApiId}`, caller),

  run: ({ restApiId }, caller, ports) => describeRestApi(getRestApi(restApiId, caller, ports)),
})
