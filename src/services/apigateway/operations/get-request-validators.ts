import { operation } from '#kit/operation.ts'
import { GetRequestValidators } from '#services/models/apigateway.ts'
import { page } from '../page.ts'
import { permission } from '../permissions.ts'
import { listRequestValidators } from '../request-validators.ts'

export default operation(GetRequestValidators, {
  authorize: ({ restApiId }, caller) => permission('GET', `/restapis/${restApiId}/requestvalidators`, caller),

  run: ({ restApiId, ...request }, caller, ports) =>
    page(listRequestValidators(restApiId, caller, ports), request, ({ id }) => id),
})
