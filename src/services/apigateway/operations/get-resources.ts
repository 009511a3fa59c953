import { operation } from '#kit/operation.ts'
import { GetResources } from '#services/models/apigateway.ts'
import { getDefinition } from '../definition.ts'
import { page } from '../page.ts'
import { permission } from '../permissions.ts'
import { embedMethods, listResources } from '../resources.ts'

export default operation(GetResources, {
  authorize: ({ restApiId }, caller) => permission('GET', `/restapis/${restApiId}/resources`, caller),

  run({ restApiId, embed, ...request }, caller, ports) {
    const { items, ...more } = page(listResources(restApiId, caller, ports), request, ({ id }) => id)
    if (!embed?.includes('methods')) return { items, ...more }
    const definition = getDefinition(restApiId, caller, ports)
    return { items: items.map((resource) => embedMethods(definition, resource)), ...more }
  },
})
