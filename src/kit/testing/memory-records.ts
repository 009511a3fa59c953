import type { Scope } from '#core/aws/scope.ts'
import type { Entry, Records, Table } from '../records.ts'

/** Records without a store behind them. Values go through JSON as they would on disk, so a test cannot rely on more. */
export function memoryRecords(): Records {
  const tables = new Map<string, Map<string, Entry<unknown>>>()
  const revisions = new Map<string, number>()
  const changed = (name: string) => revisions.set(name, 1 + (revisions.get(name) ?? 0))
  const rows = (name: string) => {
    const found = tables.get(name) ?? new Map<string, Entry<unknown>>()
    tables.set(name, found)
    return found
  }
  const at = ({ account, region }: Scope, key: string) => `${account}\0${region}\0${key}`
  const sorted = <T>(entries: Entry<unknown>[]) =>
    entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)) as Entry<T>[]
  return {
    get: <T>(table: Table<T>, scope: Scope, key: string) => rows(table.name).get(at(scope, key))?.value as T | undefined,
    put(table, scope, key, value) {
      changed(table.name)
      rows(table.name).set(at(scope, key), {
        scope: { account: scope.account, region: scope.region },
        key,
        value: JSON.parse(JSON.stringify(value)),
      })
    },
    delete(table, scope, key) {
      changed(table.name)
      rows(table.name).delete(at(scope, key))
    },
    list: <T>(table: Table<T>, scope: Scope) =>
      sorted<T>(
        [...rows(table.name).values()].filter(
          (entry) => entry.scope.account === scope.account && entry.scope.region === scope.region,
        ),
      ),
    all: <T>(table: Table<T>) => sorted<T>([...rows(table.name).values()]),
    revision: ({ name }) => revisions.get(name) ?? 0,
    flush: async () => {},
  }
}
