import type { Scope } from '#core/aws/scope.ts'
import type { Entry, Records, Table } from '#kit/records.ts'
import type { Store, StoredChange } from '#kit/store.ts'

/** A record in memory. The text is what the store has; the value is read from it when first asked for. */
interface Row {
  readonly scope: Scope
  readonly key: string
  readonly text: string
  entry?: Entry<unknown>
}

interface Shelf {
  readonly rows: Map<string, Row>
  /** In order of their keys; made when first listed after a change. */
  sorted?: readonly Entry<unknown>[] | undefined
}

/**
 * The synchronous view of a store. Everything is in memory as text, so a start with many records costs no parsing; writes are
 * gathered and committed together. A commit that fails is tried again with the next one: memory may be ahead of the store, never behind.
 *
 * @param onError told when a commit that nobody waits for fails
 */
export async function recordsOver(store: Store, onError: (error: unknown) => void): Promise<Records> {
  const tables = new Map<string, Map<string, Shelf>>()
  const shelfOf = (tableName: string, scope: Scope): Shelf => {
    const shelves = getOrMake(tables, tableName, () => new Map<string, Shelf>())
    return getOrMake(shelves, `${scope.account} ${scope.region}`, () => ({ rows: new Map() }))
  }
  for (const { table, account, region, key, value } of await store.load()) {
    shelfOf(table, { account, region }).rows.set(key, { scope: { account, region }, key, text: value })
  }

  const revisions = new Map<string, number>()
  let pending = new Map<string, StoredChange>()
  /** The commit that is under way, and the one that all that is pending will be in: nobody waits for what others write after that. */
  let current: Promise<void> | undefined
  let next: Promise<void> | undefined
  let scheduled = false
  const commit = async (before: Promise<void> | undefined) => {
    // Its failure is told to those who waited for it; what it held is pending again.
    await before?.catch(() => {})
    // What a turn of the event loop writes is committed together. The turn ends here: commits are synchronous, and a deployment that
    // only ever waited for them would keep everybody else waiting until its end.
    await new Promise((resolve) => setImmediate(resolve))
    const batch = pending
    pending = new Map()
    current = next
    next = undefined
    try {
      await store.commit([...batch.values()])
    } catch (error) {
      pending = new Map([...batch, ...pending])
      throw error
    } finally {
      current = undefined
    }
  }
  const flush = (): Promise<void> => {
    if (pending.size === 0) return current ?? Promise.resolve()
    next ??= commit(current)
    return next
  }
  const change = (table: string, { account, region }: Scope, key: string, value: string | undefined) => {
    revisions.set(table, 1 + (revisions.get(table) ?? 0))
    pending.set(JSON.stringify([table, account, region, key]), { table, account, region, key, value })
    if (scheduled) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      flush().catch(onError)
    })
  }

  return {
    get<T>(table: Table<T>, scope: Scope, key: string) {
      const row = shelfOf(table.name, scope).rows.get(key)
      return row && (entryOf(row).value as T)
    },
    put(table, { account, region }, key, value) {
      const scope = { account, region }
      const shelf = shelfOf(table.name, scope)
      const text = JSON.stringify(value)
      shelf.rows.set(key, { scope, key, text })
      shelf.sorted = undefined
      change(table.name, scope, key, text)
    },
    delete(table, scope, key) {
      const shelf = shelfOf(table.name, scope)
      if (!shelf.rows.delete(key)) return
      shelf.sorted = undefined
      change(table.name, scope, key, undefined)
    },
    list: <T>(table: Table<T>, scope: Scope) => sortedEntries(shelfOf(table.name, scope)) as readonly Entry<T>[],
    all: <T>(table: Table<T>) =>
      [...(tables.get(table.name)?.values() ?? [])].flatMap((shelf) => sortedEntries(shelf) as readonly Entry<T>[]),
    revision: ({ name }) => revisions.get(name) ?? 0,
    flush,
  }
}

function entryOf(row: Row): Entry<unknown> {
  row.entry ??= { scope: row.scope, key: row.key, value: JSON.parse(row.text) }
  return row.entry
}

function sortedEntries(shelf: Shelf): readonly Entry<unknown>[] {
  shelf.sorted ??= [...shelf.rows.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(entryOf)
  return shelf.sorted
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
