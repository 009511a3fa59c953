import type { Scope } from '#core/aws/scope.ts'
import type { Position } from '#core/template/position.ts'
import type { Ports } from './ports.ts'
import {
  eventCounts,
  eventKey,
  type ResourceStatus,
  resourceKey,
  type Stack,
  type StackEvent,
  type StackResource,
  type StackStatus,
  stackEvents,
  stackResources,
  stacks,
} from './stacks.ts'

/** The only writer of a stack's events: a change of status and the event that tells of it are stored together or not at all. */
export interface StackJournal {
  readonly scope: Scope
  readonly stackId: string
  /** Throws where there is no such stack. */
  stack(): Stack
  /** Changes the stack's record without telling anybody. */
  amend(change: Partial<Stack>): void
  /** Puts the stack into a status, with an event. */
  enter(status: StackStatus, reason?: string, change?: Partial<Stack>): void
  resource(logicalId: string): StackResource | undefined
  /** In order of creation. */
  resources(): readonly StackResource[]
  /** Stores a resource, new or changed, without telling anybody. */
  keep(resource: StackResource): void
  /** Stores a resource in a status, with an event. Without `physicalId` the event names the current one. */
  mark(resource: Omit<StackResource, 'at'>, told?: Told): void
  /** Tells of something done to a physical resource that is no longer, or not any more, the current one. */
  tell(resource: StackResource, status: ResourceStatus, told: Told): void
  forget(logicalId: string): void
}

export interface Told {
  readonly physicalId?: string
  readonly properties?: unknown
  readonly position?: Position | undefined
  readonly reason?: string | undefined
}

export function journalOf(ports: Pick<Ports, 'records' | 'clock' | 'ids'>, scope: Scope, stackId: string): StackJournal {
  const { records, clock, ids } = ports

  const stack = () => {
    const found = records.get(stacks, scope, stackId)
    if (!found) throw new Error(`no record of stack ${stackId}`)
    return found
  }

  /** Times of events of one stack are all different, so that ids made of them are, and clients that ask for what is newer miss nothing. */
  const nextTime = () => Math.max(clock.now(), (records.get(eventCounts, scope, stackId)?.lastAt ?? 0) + 1)

  const append = (event: Omit<StackEvent, 'clientRequestToken'>) => {
    const { count } = records.get(eventCounts, scope, stackId) ?? { count: 0 }
    const clientRequestToken = stack().operation?.by.clientRequestToken
    records.put(stackEvents, scope, eventKey(stackId, count), { ...event, clientRequestToken })
    records.put(eventCounts, scope, stackId, { count: count + 1, lastAt: event.at })
  }

  const appendOfResource = (resource: StackResource, status: ResourceStatus, at: number, told: Told) => {
    const properties = told.properties ?? resource.intended?.written ?? resource.current?.written
    append({
      id: `${resource.logicalId}-${status}-${new Date(at).toISOString()}`,
      logicalId: resource.logicalId,
      physicalId: told.physicalId ?? resource.current?.id ?? '',
      type: resource.type,
      status,
      reason: told.reason,
      at,
      properties: properties === undefined ? undefined : JSON.stringify(properties),
      position: told.position ?? resource.position,
    })
  }

  const journal: StackJournal = {
    scope,
    stackId,
    stack,
    amend(change) {
      records.put(stacks, scope, stackId, { ...stack(), ...change })
    },
    enter(status, reason, change = {}) {
      const at = nextTime()
      const entered = { ...stack(), statusReason: reason, ...change, status }
      records.put(stacks, scope, stackId, entered)
      append({
        id: ids.uuid(),
        logicalId: entered.name,
        physicalId: stackId,
        type: 'AWS::CloudFormation::Stack',
        status,
        reason,
        at,
      })
    },
    resource: (logicalId) => records.get(stackResources, scope, resourceKey(stackId, logicalId)),
    resources: () => stack().logicalIds.flatMap((logicalId) => journal.resource(logicalId) ?? []),
    keep(resource) {
      records.put(stackResources, scope, resourceKey(stackId, resource.logicalId), resource)
      const { logicalIds } = stack()
      if (!logicalIds.includes(resource.logicalId)) journal.amend({ logicalIds: [...logicalIds, resource.logicalId] })
    },
    mark(resource, told = {}) {
      const at = nextTime()
      const marked = { ...resource, statusReason: told.reason, at }
      journal.keep(marked)
      appendOfResource(marked, resource.status, at, told)
    },
    tell(resource, status, told) {
      appendOfResource(resource, status, nextTime(), told)
    },
    forget(logicalId) {
      records.delete(stackResources, scope, resourceKey(stackId, logicalId))
      journal.amend({ logicalIds: stack().logicalIds.filter((other) => other !== logicalId) })
    },
  }
  return journal
}
