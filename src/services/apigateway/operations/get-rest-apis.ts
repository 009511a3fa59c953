import { operation } from '#kit/operation.ts'
import { GetRestApis } from '#services/models/apigateway.ts'
import { page } from '../page.ts'
import { permission } from '../permissions.ts'
import { describeRestApi, listRestApis } from '../rest-apis.ts'

export default operation(GetRestApis, {
  authorize: (_input, caller) => permission('GET', '/restapis', caller),

  run(input, caller, ports) {
    const { items, ...more } = page(listRestApis(caller, ports), input, ({ id }) => id)
    return { items: items.map((api) => describeRestApi(api)), ...more }
  },
})
