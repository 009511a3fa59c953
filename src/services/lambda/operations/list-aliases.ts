import { operation } from '#kit/operation.ts'
import { ListAliases } from '#services/models/lambda.ts'
import { listAliases } from '../aliases.ts'
import { functionArn, readFunctionName } from '../names.ts'
import { page } from '../paging.ts'
import { shownAlias } from '../shown.ts'

export default operation(ListAliases, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:ListAliases',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run(input, caller, ports) {
    const all = listAliases(caller, readFunctionName(input.FunctionName).name, ports, input.FunctionVersion)
    const { items, NextMarker } = page(all, input)
    return { Aliases: items.map((alias) => shownAlias(caller, alias)), ...(NextMarker !== undefined && { NextMarker }) }
  },
})
