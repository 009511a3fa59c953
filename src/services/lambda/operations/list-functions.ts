import { operation } from '#kit/operation.ts'
import { ListFunctions } from '#services/models/lambda.ts'
import { listVersions } from '../functions.ts'
import { page } from '../paging.ts'
import { functions } from '../records.ts'
import { shownFunction } from '../shown.ts'

export default operation(ListFunctions, {
  authorize: () => ({ action: 'lambda:ListFunctions', resource: '*' }),

  run(input, caller, ports) {
    const all = ports.records.list(functions, caller).flatMap(({ value: record }) => {
      const latest = { record, revision: record.latest, qualifier: input.FunctionVersion === 'ALL' ? '$LATEST' : undefined }
      if (input.FunctionVersion !== 'ALL') return [latest]
      const published = listVersions(caller, record.name, ports)
      return [latest, ...published.map((revision) => ({ record, revision, qualifier: revision.version }))]
    })
    const { items, NextMarker } = page(all, input)
    const shown = items.map(({ record, revision, qualifier }) => shownFunction(caller, record, revision, qualifier))
    return { Functions: shown, ...(NextMarker !== undefined && { NextMarker }) }
  },
})
