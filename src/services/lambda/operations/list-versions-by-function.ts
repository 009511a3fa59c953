import { operation } from '#kit/operation.ts'
import { ListVersionsByFunction } from '#services/models/lambda.ts'
import { getFunction, listVersions } from '../functions.ts'
import { functionArn, readFunctionName } from '../names.ts'
import { page } from '../paging.ts'
import { shownFunction } from '../shown.ts'

export default operation(ListVersionsByFunction, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:ListVersionsByFunction',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run(input, caller, ports) {
    const record = getFunction(caller, readFunctionName(input.FunctionName).name, ports)
    const { items, NextMarker } = page([record.latest, ...listVersions(caller, record.name, ports)], input)
    const Versions = items.map((revision) => shownFunction(caller, record, revision, revision.version))
    return { Versions, ...(NextMarker !== undefined && { NextMarker }) }
  },
})
