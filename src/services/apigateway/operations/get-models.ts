import { operation } from '#kit/operation.ts'
import { GetModels } from '#services/models/apigateway.ts'
import { listModels } from '../models.ts'
import { page } from '../page.ts'
import { permission } from '../permissions.ts'

export default operation(GetModels, {
  authorize: ({ restApiId }, caller) => permission('GET', `/restapis/${restApiId}/models`, caller),

  run: ({ restApiId, ...request }, caller, ports) => page(listModels(restApiId, caller, ports), request, ({ name }) => name),
})
