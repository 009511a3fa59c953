import { operation } from '#kit/operation.ts'
import { CreateRequestValidator } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { createRequestValidator } from '../request-validators.ts'

export default operation(CreateRequestValidator, {
  authorize: ({ restApiId }, caller) => permission('POST', `/restapis/${restApiId}/requestvalidators`, caller),

  run: ({ restApiId, ...wanted }, caller, ports) => createRequestValidator(restApiId, wanted, caller, ports),
})
