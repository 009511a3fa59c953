import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type { AnyResourceType } from '#kit/resource.ts'
import type { StackJournal } from '#kit/stack-journal.ts'
import type { Requester } from '#kit/stacks.ts'
import type { CompiledTemplate } from './compile.ts'
import type { TemplateReader } from './template-reader.ts'

/** Resource types are loaded when a template first names them. */
export type ResourceTypes = (type: string) => Promise<AnyResourceType | undefined>

/** One operation on one stack while it is carried out. */
export interface Run {
  readonly scope: Scope
  readonly journal: StackJournal
  readonly ports: Ports
  readonly templates: TemplateReader
  types: LoadedTypes
  readonly by: Requester
  /** Hears of errors that no handler should throw: the resource fails with them, but without the trace. */
  readonly onDefect: (error: unknown) => void
  /** Set once nothing further may begin: something failed, or somebody asked to stop. */
  stopped: boolean
  /** Why it was stopped, where nothing failed. */
  stopReason?: string
  /** What the stack is being brought to, once it is known. */
  compiled?: CompiledTemplate
  /** Logical ids that failed, in the order they did. */
  readonly failed: string[]
}

/**
 * Makes what was done so far durable before anything that builds on it, and lets others have their turn: they see the operation's events
 * while it goes on. Where it cannot be stored now, whoever keeps the records says so, and the operation's end tries again.
 */
export const pauseOf =
  ({ ports }: Run) =>
  (): Promise<void> =>
    ports.records.flush().catch(() => {})

export interface LoadedTypes {
  get(type: string): AnyResourceType | undefined
}

export async function loadTypes(types: ResourceTypes, names: Iterable<string>): Promise<LoadedTypes> {
  const unique = [...new Set(names)]
  const found = await Promise.all(unique.map(types))
  return new Map(unique.flatMap((name, index) => (found[index] ? [[name, found[index]] as const] : [])))
}
