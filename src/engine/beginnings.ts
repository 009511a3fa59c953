import type { Ports } from '#kit/ports.ts'
import type { Records } from '#kit/records.ts'
import type { StackJournal } from '#kit/stack-journal.ts'
import { beginnings, resourceKey } from '#kit/stacks.ts'

/*
 * A handler stores the resource that it makes before it answers with its name. Were Postern stopped in between, the resource would
 * exist and belong to nobody. So each new record is noted in the turn that stores it, and taken back by recovery.
 */

/** The ports of a handler that creates a resource. */
export function notingBeginnings(ports: Ports, { scope, stackId }: StackJournal, logicalId: string): Ports {
  const { records } = ports
  const at = resourceKey(stackId, logicalId)
  const noting: Records = {
    ...records,
    put(table, where, key, value) {
      if (records.get(table, where, key) === undefined) {
        const begun = records.get(beginnings, scope, at) ?? []
        const { account, region } = where
        records.put(beginnings, scope, at, [...begun, { table: table.name, scope: { account, region }, key }])
      }
      records.put(table, where, key, value)
    },
  }
  return { ...ports, records: noting }
}

/** The handler answered: the stack knows the resource now, or the handler took back what it began. */
export function forgetBeginnings(records: Records, { scope, stackId }: StackJournal, logicalId: string): void {
  records.delete(beginnings, scope, resourceKey(stackId, logicalId))
}

export function undoBeginning(records: Records, journal: StackJournal, logicalId: string): void {
  for (const { table, scope, key } of records.get(beginnings, journal.scope, resourceKey(journal.stackId, logicalId)) ?? []) {
    records.delete({ name: table }, scope, key)
  }
  forgetBeginnings(records, journal, logicalId)
}
