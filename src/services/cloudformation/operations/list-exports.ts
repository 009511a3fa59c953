import { operation } from '#kit/operation.ts'
import { exports } from '#kit/stacks.ts'
import { ListExports } from '#services/models/cloudformation.ts'
import { page } from '../pages.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'

export default operation(ListExports, {
  authorize: (_input, caller) => onStack('ListExports')({}, caller),

  run({ NextToken: token }, caller, ports) {
    const { items, ...next } = page(ports.records.list(exports, scopeOf(caller)), token)
    return {
      Exports: items.map(({ value: { stackId, name, value } }) => ({ ExportingStackId: stackId, Name: name, Value: value })),
      ...next,
    }
  },
})
