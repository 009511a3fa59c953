import { chmodSync, closeSync, openSync } from 'node:fs'
import Database from 'libsql'
import type { Store, StoredRecord } from '#kit/store.ts'

/** Grows when the layout of the file changes; an older Postern refuses a newer file rather than harm it. */
const LAYOUT = 1

/** Another process has the file open; one writer at a time is what keeps the records in memory true. */
export class StoreInUse extends Error {}

/** The file is none of SQLite's, or parts of it are not what they were. */
export class StoreDamaged extends Error {}

/** The file was written by a Postern that is newer than this one. */
export class StoreTooNew extends Error {}

/**
 * Records in one SQLite file, held exclusively: the lock is the kernel's and ends with the process, even by `kill -9`.
 *
 * WAL with `synchronous = NORMAL`: a commit survives the end of the process at any moment. A power cut may take the last commits
 * back, never part of one; a local cloud does not pay a disk flush per write for that.
 *
 * @throws StoreInUse, StoreTooNew, StoreDamaged, or the file system's own error
 */
export function sqliteStore(file: string): Store {
  // Made by us first, so that it is readable by its owner only from its first moment.
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
  const database = new Database(file, { timeout: 0 })
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE')
    database.exec('PRAGMA journal_mode = WAL')
    database.exec('PRAGMA synchronous = NORMAL')
    database.exec('BEGIN IMMEDIATE')
    const layout = layoutOf(database)
    if (layout > LAYOUT) throw new StoreTooNew(`${file} has layout ${layout}; this Postern reads up to ${LAYOUT}`)
    database.exec(`
      CREATE TABLE IF NOT EXISTS records (
        kind TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
        PRIMARY KEY (kind, account, region, key)
      ) WITHOUT ROWID`)
    database.exec(`PRAGMA user_version = ${LAYOUT}`)
    database.exec('COMMIT')
  } catch (error) {
    database.close()
    throw explained(error, file)
  }

  const all = database.prepare('SELECT kind, account, region, key, value FROM records')
  const put = database.prepare('INSERT OR REPLACE INTO records (kind, account, region, key, value) VALUES (?, ?, ?, ?, ?)')
  const remove = database.prepare('DELETE FROM records WHERE kind = ? AND account = ? AND region = ? AND key = ?')
  const readAll = () => {
    try {
      return all.raw(true).all() as unknown as [string, string, string, string, string][]
    } catch (error) {
      throw explained(error, file)
    }
  }
  return {
    async load() {
      const rows = readAll()
      return rows.map(([table, account, region, key, value]): StoredRecord => ({ table, account, region, key, value }))
    },
    async commit(changes) {
      database.exec('BEGIN IMMEDIATE')
      try {
        for (const { table, account, region, key, value } of changes) {
          if (value === undefined) remove.run(table, account, region, key)
          else put.run(table, account, region, key, value)
        }
        database.exec('COMMIT')
      } catch (error) {
        // A full disk may have ended the transaction already; then there is nothing to take back.
        if (database.inTransaction) database.exec('ROLLBACK')
        throw error
      }
    },
    async close() {
      // libsql keeps the connection, and with it the lock, until the statements above are collected: hand the file back first.
      try {
        database.exec('PRAGMA journal_mode = DELETE')
        database.exec('PRAGMA locking_mode = NORMAL')
        layoutOf(database)
      } finally {
        database.close()
      }
    },
  }
}

function explained(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error
  const said = `${error.message} ${(error as { code?: string }).code}`
  if (/database is locked|SQLITE_BUSY/.test(said)) return new StoreInUse(`${file} is in use`, { cause: error })
  if (/SQLITE_(NOTADB|CORRUPT)|malformed/.test(said))
    return new StoreDamaged(`${file} is damaged: ${error.message}`, { cause: error })
  return error
}

function layoutOf(database: Database.Database): number {
  const [row] = database.prepare('PRAGMA user_version').raw(true).all() as unknown as [[number]]
  return row[0]
}
