import { changeSets, type Revision, type Stack, type StackStatus, templates } from '#kit/stacks.ts'
import type { Run } from './context.ts'

const SUCCESS: ReadonlySet<StackStatus> = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE'])
const AT_PEACE: ReadonlySet<StackStatus> = new Set([...SUCCESS, 'UPDATE_ROLLBACK_COMPLETE'])

/** Forgets the template of a revision that nothing goes back to. */
export function discardTemplate({ journal, ports, scope }: Run, gone: Revision | undefined): void {
  if (!gone) return
  const { revision, previous, changeSetIds } = journal.stack()
  const waiting = changeSetIds.map((id) => ports.records.get(changeSets, scope, id)?.revision)
  const used = [revision, previous, ...waiting].some((one) => one?.template === gone.template)
  if (!used) ports.records.delete(templates, scope, gone.template)
}

/** Nothing more is to be done until somebody asks. */
export function rest(run: Run, status: StackStatus, reason?: string, change: Partial<Stack> = {}): void {
  const { journal, ports, scope } = run
  const { changeSetId, operation, previous } = journal.stack()
  const executed = changeSetId === undefined ? undefined : ports.records.get(changeSets, scope, changeSetId)
  if (executed?.executionStatus === 'EXECUTE_IN_PROGRESS') {
    const executionStatus = SUCCESS.has(status) ? ('EXECUTE_COMPLETE' as const) : ('EXECUTE_FAILED' as const)
    ports.records.put(changeSets, scope, executed.id, { ...executed, executionStatus })
  }
  // What failed and was left standing can still be undone later.
  const settled = AT_PEACE.has(status) && operation?.kind !== 'delete' ? { previous: undefined } : {}
  journal.enter(status, reason, { ...settled, ...change })
  if (AT_PEACE.has(status) && operation?.kind !== 'delete') settleResources(journal)
  journal.amend({ operation: undefined })
  discardTemplate(run, previous)
}

function settleResources(journal: Run['journal']): void {
  for (const resource of journal.resources()) {
    if (resource.touched) journal.keep({ ...resource, touched: undefined, previous: undefined })
  }
}
