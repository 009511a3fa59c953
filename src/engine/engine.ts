import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Ports, StackEngine } from '#kit/ports.ts'
import { journalOf } from '#kit/stack-journal.ts'
import { type Requester, type StackStatus, stacks } from '#kit/stacks.ts'
import { loadTypes, type ResourceTypes, type Run } from './context.ts'
import { compiledRevision, steps } from './lifecycle.ts'
import { planStack } from './plan-stack.ts'
import { prepareRecovery } from './recovery.ts'
import { readRevision } from './revision-template.ts'
import { templateReader } from './template-reader.ts'

export type { ResourceTypes } from './context.ts'

export interface Engine extends StackEngine {
  /** Carries on, or rolls back, what was running when Postern last stopped; resolves when every stack rests. */
  recover(): Promise<void>
}

export interface EngineOptions {
  /** Hears of what should not be possible: the stack says it too, but without the trace. */
  readonly onDefect?: (error: unknown) => void
  /** Whether all stacks take stubs, not only those that say so. */
  readonly stubUnsupported?: boolean
}

export function createEngine(
  types: ResourceTypes,
  given: Omit<Ports, 'stacks'>,
  { onDefect = () => {}, stubUnsupported = false }: EngineOptions = {},
): Engine {
  const templates = templateReader()
  const running = new Map<string, { run: Run; done: Promise<void> }>()

  const begin = (scope: Scope, stackId: string, by: Requester): Promise<void> => {
    const busy = running.get(stackId)
    if (busy) return busy.done
    const run: Run = {
      scope,
      journal: journalOf(ports, scope, stackId),
      ports,
      templates,
      types: new Map(),
      by,
      onDefect,
      stopped: false,
      failed: [],
    }
    const done = carryOut(run, types).finally(() => running.delete(stackId))
    running.set(stackId, { run, done })
    return done
  }

  const engine: Engine = {
    plan: (scope, request) => planStack({ ports, types, templates, stubUnsupported }, scope, request),
    process(scope, stack, revision) {
      const read = readRevision(revision, scope, ports, templates)
      const { notificationArns } = revision
      return read.transforms.length > 0 ? templates.expand(read, scope, { ...stack, notificationArns }) : undefined
    },
    async run(scope, stackId) {
      const { operation } = journalOf(ports, scope, stackId).stack()
      if (operation) await begin(scope, stackId, operation.by)
    },
    interrupt(_scope, stackId) {
      const run = running.get(stackId)?.run
      if (!run) return
      run.stopped = true
      run.stopReason ??= 'User Initiated'
    },
    async recover() {
      const unfinished = ports.records.all(stacks).filter(({ value }) => value.operation && steps[value.status])
      await Promise.all(
        unfinished.map(async ({ scope, value: { id, operation } }) => {
          if (!operation) return
          prepareRecovery(journalOf(ports, scope, id), ports)
          await begin(scope, id, operation.by)
        }),
      )
      await ports.records.flush()
    },
  }
  const ports: Ports = { ...given, stacks: engine }
  return engine
}

async function carryOut(run: Run, types: ResourceTypes): Promise<void> {
  const { journal, ports } = run
  const cancelTimeout = limitCreation(run)
  try {
    run.types = await loadTypes(types, typesOf(run))
    for (let step = steps[journal.stack().status]; step; step = steps[journal.stack().status]) await step(run)
  } catch (error) {
    run.onDefect(error)
    const reason = `Internal Failure: ${error instanceof Error ? error.message : String(error)}`
    journal.enter(STUCK[journal.stack().status] ?? 'UPDATE_ROLLBACK_FAILED', reason)
    journal.amend({ operation: undefined })
  } finally {
    cancelTimeout()
  }
  await ports.records.flush()
}

/** Where a stack stays when a step breaks down: from each there is a way on, be it deletion. */
const STUCK: Partial<Record<StackStatus, StackStatus>> = {
  CREATE_IN_PROGRESS: 'CREATE_FAILED',
  ROLLBACK_IN_PROGRESS: 'ROLLBACK_FAILED',
  UPDATE_IN_PROGRESS: 'UPDATE_FAILED',
  DELETE_IN_PROGRESS: 'DELETE_FAILED',
}

/** The types that the stack's template names, and those of what exists. */
function typesOf(run: Run): string[] {
  const { status } = run.journal.stack()
  const existing = run.journal.resources().map(({ type }) => type)
  if (status !== 'CREATE_IN_PROGRESS' && status !== 'UPDATE_IN_PROGRESS') return existing
  try {
    run.compiled = compiledRevision(run)
  } catch (error) {
    // The step that needs the template meets the same refusal, and knows how to tell it.
    if (!(error instanceof AwsError)) throw error
    return existing
  }
  return [...existing, ...run.compiled.resources.map(({ type }) => type)]
}

/** `TimeoutInMinutes`: nothing further begins after that, and the stack counts as failed. */
function limitCreation(run: Run): () => void {
  const { status, revision } = run.journal.stack()
  if (status !== 'CREATE_IN_PROGRESS' || revision?.timeoutInMinutes === undefined) return () => {}
  return run.ports.clock.after(revision.timeoutInMinutes * 60_000, () => {
    run.stopped = true
    run.stopReason ??= 'Stack creation time exceeded the specified timeout'
  })
}
