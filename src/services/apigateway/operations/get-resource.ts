import { operation } from '#kit/operation.ts'
import { GetResource } from '#services/models/apigateway.ts'
import { getDefinition } from '../definition.ts'
import { permission } from '../permissions.ts'
import { embedMethods, getResource } from '../resources.ts'

export default operation(GetResource, {
  authorize: ({ restApiId, resourceId }, caller) => permission('GET', `/restapis/${restApiId}/resources/${resourceId}`, caller),

  run({ restApiId, resourceId, embed }, caller, ports) {
    const resource = getResource(restApiId, resourceId, caller, ports)
    return embed?.includes('methods') ? embedMethods(getDefinition(restApiId, caller, ports), resource) : resource
  },
})
