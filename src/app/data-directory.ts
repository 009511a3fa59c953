import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStore } from '#io/store/memory-store.ts'
import { StoreInUse, StoreTooNew, sqliteStore } from '#io/store/sqlite-store.ts'
import type { Store } from '#kit/store.ts'
import { CannotStart } from './cannot-start.ts'

/** Where one Postern keeps everything. One process at a time owns it. */
export interface DataDirectory {
  readonly path: string
  readonly store: Store
  /** Tells whoever is refused where the owner is. */
  announce(endpoint: string): void
  /** Closes the store; what was ephemeral is removed. */
  close(): Promise<void>
}

/**
 * Opens the directory, making it when it is not there. Without a path everything goes to a temporary one that is removed at the end.
 *
 * @throws CannotStart when another Postern owns it, or it cannot be written
 */
export function openDataDirectory(path: string | undefined): DataDirectory {
  if (path === undefined) return ephemeralDirectory()
  const owner = join(path, 'owner.json')
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const store = sqliteStore(join(path, 'postern.db'))
    return {
      path,
      store,
      announce: (endpoint) => writeFileSync(owner, JSON.stringify({ pid: process.pid, endpoint }), { mode: 0o600 }),
      async close() {
        rmSync(owner, { force: true })
        await store.close()
      },
    }
  } catch (error) {
    throw cannotOpen(path, owner, error)
  }
}

function ephemeralDirectory(): DataDirectory {
  const path = mkdtempSync(join(tmpdir(), 'postern-'))
  const store = memoryStore()
  return {
    path,
    store,
    announce() {},
    async close() {
      await store.close()
      rmSync(path, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

function cannotOpen(path: string, owner: string, error: unknown): unknown {
  if (error instanceof StoreInUse) {
    const { pid, endpoint } = readOwner(owner)
    return new CannotStart(
      `\`${path}\` is in use by another Postern${pid ? ` (pid ${pid}${endpoint ? `, ${endpoint}` : ''})` : ''}`,
      'use that one, stop it, or give this one its own `--data-dir`',
      error,
    )
  }
  if (error instanceof StoreTooNew) return new CannotStart(error.message, 'update Postern, or choose another `--data-dir`', error)
  if (error instanceof Error) {
    return new CannotStart(
      `cannot write to \`${path}\`: ${error.message}`,
      'choose a writable folder with `--data-dir`, or run with `--ephemeral`',
      error,
    )
  }
  return error
}

/** The owner may be between its lock and its announcement, or have been killed while writing it: then nothing is known of it. */
function readOwner(file: string): { pid?: number; endpoint?: string } {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}
