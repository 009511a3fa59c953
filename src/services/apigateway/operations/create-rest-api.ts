import { operation } from '#kit/operation.ts'
import { CreateRestApi } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { createRestApi, describeRestApi } from '../rest-apis.ts'

export default operation(CreateRestApi, {
  authorize: (_input, caller) => permission('POST', '/restapis', caller),

  run({ policy, ...wanted }, caller, ports) {
    const api = createRestApi({ ...wanted, ...(policy !== undefined && { policy: { written: policy } }) }, caller, ports)
    return describeRestApi(api, 'create')
  },
})
