import { operation } from '#kit/operation.ts'
import { UpdateRequestValidator } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { updateRequestValidator } from '../request-validators.ts'

export default operation(UpdateRequestValidator, {
  authorize: ({ restApiId, requestValidatorId }, caller) =>
    permission('PATCH', `/restapis/${restApiId}/requestvalidators/${requestValidatorId}`, caller),

  run: ({ restApiId, requestValidatorId, patchOperations }, caller, ports) =>
    updateRequestValidator(restApiId, requestValidatorId, patchOperations, caller, ports),
})
