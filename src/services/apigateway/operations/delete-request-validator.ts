import { operation } from '#kit/operation.ts'
import { DeleteRequestValidator } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { deleteRequestValidator } from '../request-validators.ts'

export default operation(DeleteRequestValidator, {
  authorize: ({ restApiId, requestValidatorId }, caller) =>
    permission('DELETE', `/restapis/${restApiId}/requestvalidators/${requestValidatorId}`, caller),

  run: ({ restApiId, requestValidatorId }, caller, ports) => deleteRequestValidator(restApiId, requestValidatorId, caller, ports),
})
