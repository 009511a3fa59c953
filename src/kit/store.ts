/** One record as it is kept: the value is JSON text. */
export interface StoredRecord {
  readonly table: string
  readonly account: string
  readonly region: string
  readonly key: string
  readonly value: string
}

/** A record to keep, or, without a value, to forget. */
export type StoredChange = Omit<StoredRecord, 'value'> & { readonly value: string | undefined }

/**
 * Where records outlive the process. It may be a file here or a service elsewhere, so everything is asynchronous; the synchronous
 * view that the rules work on is `Records`.
 */
export interface Store {
  /** Every record, once, in any order. */
  load(): Promise<Iterable<StoredRecord>>
  /**
   * Makes all of the changes durable, or none: once it resolves they survive the end of this process, however it ends. Later changes of
   * a record win over earlier ones. Rejects with what the storage said (disk full, connection lost); the same changes may be given again.
   */
  commit(changes: readonly StoredChange[]): Promise<void>
  close(): Promise<void>
}
