import { operation } from '#kit/operation.ts'
import { GetDeployments } from '#services/models/apigateway.ts'
import { describeDeployment, listDeployments } from '../deployments.ts'
import { page } from '../page.ts'
import { permission } from '../permissions.ts'

export default operation(GetDeployments, {
  authorize: ({ restApiId }, caller) => permission('GET', `/restapis/${restApiId}/deployments`, caller),

  run({ restApiId, ...request }, caller, ports) {
    const { items, ...more } = page(listDeployments(restApiId, caller, ports), request, ({ id }) => id)
    return { items: items.map(describeDeployment), ...more }
  },
})
