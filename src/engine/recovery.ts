import type { Ports } from '#kit/ports.ts'
import type { StackJournal } from '#kit/stack-journal.ts'
import type { StackResource } from '#kit/stacks.ts'
import { undoBeginning } from './beginnings.ts'
import { interrupted, resumed, undone } from './reasons.ts'

/**
 * Sets a stack whose operation was cut off on its way again. A creation or update is rolled back, since nobody can know how far a
 * handler got; what was on its way back, or out, is carried on. Either way the events say so.
 */
export function prepareRecovery(journal: StackJournal, { records, clock }: Pick<Ports, 'records' | 'clock'>): void {
  const { status, previous, revision } = journal.stack()
  for (const resource of journal.resources()) {
    undoBeginning(records, journal, resource.logicalId)
    closeInterrupted(journal, resource)
  }
  if (status === 'CREATE_IN_PROGRESS') {
    journal.enter('ROLLBACK_IN_PROGRESS', interrupted, { deletedAt: clock.now() })
  } else if (status === 'UPDATE_IN_PROGRESS') {
    journal.enter('UPDATE_ROLLBACK_IN_PROGRESS', interrupted, { revision: previous ?? revision, previous: undefined })
  } else {
    journal.enter(status, resumed)
  }
}

/** A handler was at work and never answered. */
function closeInterrupted(journal: StackJournal, resource: StackResource): void {
  if (resource.status === 'CREATE_IN_PROGRESS') {
    const reason = resource.current ? interrupted : undone
    journal.mark({ ...resource, intended: undefined, status: 'CREATE_FAILED' }, { reason })
  } else if (resource.status === 'UPDATE_IN_PROGRESS') {
    const reason = resource.touched === 'replaced' && resource.intended ? undone : interrupted
    journal.mark({ ...resource, status: 'UPDATE_FAILED' }, { reason })
  }
}
