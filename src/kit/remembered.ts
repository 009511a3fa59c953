import type { Records, Table } from './records.ts'

/** Answers what `read` makes of the records, made anew only after a table that it read has changed. */
export function remembered<T>(records: Records, read: (records: Records) => T): () => T {
  let last: { readonly value: T; readonly revisions: ReadonlyMap<Table<unknown>, number> } | undefined
  return () => {
    if (last && [...last.revisions].every(([table, revision]) => records.revision(table) === revision)) return last.value
    const revisions = new Map<Table<unknown>, number>()
    const seen = (table: Table<unknown>) => revisions.set(table, records.revision(table))
    const value = read({
      ...records,
      get(table, scope, key) {
        seen(table)
        return records.get(table, scope, key)
      },
      list(table, scope) {
        seen(table)
        return records.list(table, scope)
      },
      all(table) {
        seen(table)
        return records.all(table)
      },
    })
    last = { value, revisions }
    return value
  }
}
