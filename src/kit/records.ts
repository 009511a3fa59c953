import type { Scope } from '#core/aws/scope.ts'

/** A named kind of record. The type parameter says what is in it; nothing is checked when it is read back. */
export interface Table<T> {
  /** `<service>/<plural noun>`, such as `apigateway/stages`. Part of the stored format: never renamed without a migration. */
  readonly name: string
  /** Carries the type only; never set. */
  readonly of?: T
}

export function table<T>(name: string): Table<T> {
  return { name }
}

export interface Entry<T> {
  readonly scope: Scope
  readonly key: string
  readonly value: T
}

/**
 * All that Postern remembers besides blobs and logs. Reads and writes are synchronous and see each other at once; what was
 * written since the last `flush` is made durable together, in order, by the next one. Code that runs without an `await` in
 * between is therefore stored wholly or not at all.
 *
 * Values are JSON: `undefined` members and symbols are dropped. What `get` answers is shared: never change it, put a new one.
 */
export interface Records {
  get<T>(table: Table<T>, scope: Scope, key: string): T | undefined
  put<T>(table: Table<T>, scope: Scope, key: string, value: T): void
  /** Deleting what is not there is fine. */
  delete(table: Table<unknown>, scope: Scope, key: string): void
  /** The records of one scope, in order of their keys. */
  list<T>(table: Table<T>, scope: Scope): readonly Entry<T>[]
  /** The records of every account and region. */
  all<T>(table: Table<T>): readonly Entry<T>[]
  /** How often something of the table was put or deleted: as long as it is the same, so is the table. */
  revision(table: Table<unknown>): number
  /** Resolves once everything written before the call is durable. An operation is answered, and a stack event is shown, only after this. */
  flush(): Promise<void>
}
