import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { memoryStore } from '#io/store/memory-store.ts'
import { recordsOver } from '#io/store/records.ts'
import { StoreInUse, sqliteStore } from '#io/store/sqlite-store.ts'
import { table } from '#kit/records.ts'
import type { Store, StoredChange } from '#kit/store.ts'

const directory = mkdtempSync(join(tmpdir(), 'postern-store-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

let files = 0
/** Each implementation, and how it is opened again after its process has gone. */
const implementations: Record<string, () => { open: () => Store }> = {
  memory() {
    const store = memoryStore()
    return { open: () => store }
  },
  sqlite() {
    files += 1
    const file = join(directory, `${files}.db`)
    return { open: () => sqliteStore(file) }
  },
}

const put = (
  key: string,
  value: string | undefined,
  account = '111111111111',
  region = 'eu-west-1',
  name = 'test/things',
): StoredChange => ({
  table: name,
  account,
  region,
  key,
  value,
})

for (const [name, make] of Object.entries(implementations)) {
  describe(`store contract: ${name}`, () => {
    it('keeps what was committed across a close, and forgets what was removed', async () => {
      const { open } = make()
      const first = open()
      await first.commit([put('a', '1'), put('b', '2'), put('a', '1', '222222222222')])
      await first.commit([put('a', undefined), put('b', '3'), put('never there', undefined)])
      await first.close()
      const again = open()
      expect([...(await again.load())].sort((x, y) => x.key.localeCompare(y.key))).toEqual([
        put('a', '1', '222222222222'),
        put('b', '3'),
      ])
      await again.close()
    })

    it('tells by its revision that a table has changed, and only then', async () => {
      const things = table<number>('test/things')
      const others = table<number>('test/others')
      const scope = { account: '111111111111', region: 'eu-west-1' }
      const records = await recordsOver(make().open(), () => {})
      const seen = new Set([records.revision(things)])
      records.put(others, scope, 'a', 1)
      expect(seen).toContain(records.revision(things))
      records.put(things, scope, 'a', 1)
      seen.add(records.revision(things))
      records.delete(things, scope, 'a')
      seen.add(records.revision(things))
      await records.flush()
      expect([seen.size, seen.has(records.revision(things))]).toEqual([3, true])
    })

    it('keeps the last of several changes of one record', async () => {
      const { open } = make()
      const store = open()
      await store.commit([put('a', '1'), put('a', undefined), put('a', '2')])
      expect([...(await store.load())]).toEqual([put('a', '2')])
      await store.close()
    })

    it('behaves as a map of records, whatever the changes', async () => {
      const change = fc.record({
        key: fc.string({ maxLength: 3 }),
        value: fc.option(fc.json(), { nil: undefined }),
        account: fc.constantFrom('111111111111', '222222222222'),
        region: fc.constantFrom('eu-west-1', 'aws-global'),
        name: fc.constantFrom('test/a', 'test/b'),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(change, { maxLength: 8 }), { maxLength: 6 }), async (batches) => {
          const { open } = make()
          const store = open()
          const expected = new Map<string, StoredChange>()
          for (const batch of batches) {
            const changes = batch.map((one) => put(one.key, one.value, one.account, one.region, one.name))
            await store.commit(changes)
            for (const one of changes) {
              const id = JSON.stringify([one.table, one.account, one.region, one.key])
              if (one.value === undefined) expected.delete(id)
              else expected.set(id, one)
            }
          }
          const loaded = [...(await store.load())]
          await store.close()
          expect(new Set(loaded.map((row) => JSON.stringify(row)))).toEqual(
            new Set([...expected.values()].map((row) => JSON.stringify(row))),
          )
          expect(loaded.length).toBe(expected.size)
        }),
        { numRuns: 30 },
      )
    })
  })
}

describe('sqlite store', () => {
  it('is refused while another one has the file', async () => {
    const file = join(directory, 'held.db')
    const holder = sqliteStore(file)
    expect(() => sqliteStore(file)).toThrow(StoreInUse)
    await holder.close()
    await sqliteStore(file).close()
  })

  it('is readable by its owner only', async () => {
    const file = join(directory, 'private.db')
    await sqliteStore(file).close()
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})

describe('records over a store', () => {
  const things = table<{ n: number; maybe?: string | undefined }>('test/things')
  const here = { account: '111111111111', region: 'eu-west-1' }
  const unexpected = (error: unknown) => {
    throw error
  }

  it('reads its own writes at once and has them after a restart', async () => {
    const store = memoryStore()
    const records = await recordsOver(store, unexpected)
    records.put(things, here, 'b', { n: 2, maybe: undefined })
    records.put(things, here, 'a', { n: 1 })
    records.put(things, { ...here, region: 'eu-west-2' }, 'a', { n: 9 })
    expect(records.get(things, here, 'b')).toEqual({ n: 2 })
    expect(records.list(things, here).map(({ key, value }) => [key, value.n])).toEqual([
      ['a', 1],
      ['b', 2],
    ])
    records.delete(things, here, 'a')
    await records.flush()
    const again = await recordsOver(store, unexpected)
    expect(again.get(things, here, 'a')).toBeUndefined()
    expect(
      again
        .all(things)
        .map(({ scope, value }) => [scope.region, value.n])
        .sort(),
    ).toEqual([
      ['eu-west-1', 2],
      ['eu-west-2', 9],
    ])
  })

  it('commits together what one turn wrote together', async () => {
    const batches: number[] = []
    const inner = memoryStore()
    const counting: Store = {
      ...inner,
      commit(changes) {
        batches.push(changes.length)
        return inner.commit(changes)
      },
    }
    const records = await recordsOver(counting, unexpected)
    records.put(things, here, 'a', { n: 1 })
    const flushed = records.flush()
    records.put(things, here, 'b', { n: 2 })
    await Promise.all([flushed, records.flush()])
    expect(batches).toEqual([2])
  })

  it('says so when a commit fails, and tries the same changes again', async () => {
    const inner = memoryStore()
    let full = true
    const records = await recordsOver(
      { ...inner, commit: (changes) => (full ? Promise.reject(new Error('disk full')) : inner.commit(changes)) },
      () => {},
    )
    records.put(things, here, 'a', { n: 1 })
    await expect(records.flush()).rejects.toThrow('disk full')
    expect([...(await inner.load())]).toEqual([])
    full = false
    records.put(things, here, 'b', { n: 2 })
    await records.flush()
    expect([...(await inner.load())].length).toBe(2)
  })
})
