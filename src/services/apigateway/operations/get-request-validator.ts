import { operation } from '#kit/operation.ts'
import { GetRequestValidator } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { getRequestValidator } from '../request-validators.ts'

export default operation(GetRequestValidator, {
  authorize: ({ restApiId, requestValidatorId }, caller) =>
    permission('GET', `/restapis/${restApiId}/requestvalidators/${requestValidatorId}`, caller),

  run: ({ restApiId, requestValidatorId }, caller, ports) => getRequestValidator(restApiId, requestValidatorId, caller, ports),
})
