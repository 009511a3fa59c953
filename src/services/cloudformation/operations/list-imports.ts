import { operation } from '#kit/operation.ts'
import { importers, stacks } from '#kit/stacks.ts'
import { ListImports } from '#services/models/cloudformation.ts'
import { page } from '../pages.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { refused } from '../stacks.ts'

export default operation(ListImports, {
  authorize: (_input, caller) => onStack('ListImports')({}, caller),

  run({ ExportName: name, NextToken: token }, caller, ports) {
    const scope = scopeOf(caller)
    const ids = ports.records.get(importers, scope, name) ?? []
    const names = ids.flatMap((id) => ports.records.get(stacks, scope, id)?.name ?? [])
    if (names.length === 0) throw refused(`Export '${name}' is not imported by any stack.`)
    const { items, ...next } = page(names.sort(), token)
    return { Imports: items, ...next }
  },
})
