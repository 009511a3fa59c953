import type { Store, StoredRecord } from '#kit/store.ts'

/** A store that forgets everything with the process: for `--ephemeral` and tests. */
export function memoryStore(): Store {
  const rows = new Map<string, StoredRecord>()
  return {
    load: async () => [...rows.values()],
    async commit(changes) {
      for (const { value, ...at } of changes) {
        const id = JSON.stringify([at.table, at.account, at.region, at.key])
        if (value === undefined) rows.delete(id)
        else rows.set(id, { ...at, value })
      }
    },
    close: async () => {},
  }
}
