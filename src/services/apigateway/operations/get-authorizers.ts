import { operation } from '#kit/operation.ts'
import { GetAuthorizers } from '#services/models/apigateway.ts'
import { getDefinition } from '../definition.ts'
import { page } from '../page.ts'
import { permission } from '../permissions.ts'

/** Authorizers come with imports; calls cannot make them yet. */
export default operation(GetAuthorizers, {
  authorize: ({ restApiId }, caller) => permission('GET', `/restapis/${restApiId}/authorizers`, caller),

  run: ({ restApiId, ...request }, caller, ports) =>
    page(Object.values(getDefinition(restApiId, caller, ports).authorizers), request, ({ id }) => id),
})
