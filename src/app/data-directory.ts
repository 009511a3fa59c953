import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { memoryStore } from '#io/store/memory-store.ts'
import { StoreDamaged, StoreInUse, StoreTooNew, sqliteStore } from '#io/store/sqlite-store.ts'
import type { Store } from '#kit/store.ts'
import { CannotStart } from './cannot-start.ts'

/** Where one Postern keeps everything. One process at a time owns it. */
export interface DataDirectory {
  /** Absolute. */
  readonly path: string
  /** Whether it is gone after the end, and has no place for secrets. */
  readonly ephemeral: boolean
  readonly store: Store
  /** Tells whoever is refused where the owner is. */
  announce(endpoint: string): void
  /** Says of an error whether the directory is the reason: then as `CannotStart`, else as it is. */
  explain(error: unknown): unknown
  /** Closes the store; what was ephemeral is removed. */
  close(): Promise<void>
}

/**
 * Opens the directory, making it when it is not there. Without a path everything goes to a temporary one that is removed at the end.
 *
 * @throws CannotStart when another Postern owns it, or it cannot be written
 */
export function openDataDirectory(given: string | undefined): DataDirectory {
  if (given === undefined) return ephemeralDirectory()
  const path = resolve(given)
  const owner = join(path, 'owner.json')
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    for (const part of ['blobs', 'functions', 'logs']) mkdirSync(join(path, part), { recursive: true, mode: 0o700 })
    const store = sqliteStore(join(path, 'postern.db'))
    return {
      path,
      ephemeral: false,
      store,
      explain: (error) => (isOfTheMachine(error) ? cannotOpen(given, owner, error) : error),
      announce: (endpoint) => writeFileSync(owner, JSON.stringify({ pid: process.pid, endpoint }), { mode: 0o600 }),
      async close() {
        rmSync(owner, { force: true })
        await store.close().catch((error: Error) => {
          throw new Error(`\`${given}\` could not be closed, what was stored last may be missing: ${error.message}`, {
            cause: error,
          })
        })
      },
    }
  } catch (error) {
    throw cannotOpen(given, owner, error)
  }
}

function ephemeralDirectory(): DataDirectory {
  const path = mkdtempSync(join(tmpdir(), 'postern-'))
  const store = memoryStore()
  return {
    path,
    ephemeral: true,
    store,
    explain: (error) => error,
    announce() {},
    async close() {
      await store.close()
      rmSync(path, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** Errors of the file system and of the database carry a code, faults of our own do not. */
function isOfTheMachine(error: unknown): boolean {
  return (
    error instanceof StoreDamaged ||
    (error instanceof Error && 'code' in error && /^(E[A-Z]+|SQLITE_.*)$/.test(String(error.code)))
  )
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
  if (error instanceof StoreDamaged) {
    return new CannotStart(error.message, 'put back a copy of it, remove it to begin anew, or choose another `--data-dir`', error)
  }
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
