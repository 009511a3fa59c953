import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import { journalOf } from '#kit/stack-journal.ts'
import {
  eventCounts,
  eventKey,
  type Operation,
  type Requester,
  type Revision,
  type Stack,
  type StackEvent,
  stackEvents,
  stackNames,
  stacks,
  templates,
} from '#kit/stacks.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { createEngine, type Engine } from '../engine.ts'
import { things, thingTypes } from './things.ts'

export const scope: Scope = { account: '111122223333', region: 'eu-central-1' }

export const by: Requester = {
  caller: {
    ...scope,
    partition: 'aws',
    principalArn: 'arn:aws:iam::111122223333:root',
    requestId: 'request',
    endpoint: 'http://127.0.0.1:4566',
  },
}

export type Template = Readonly<Record<string, unknown>>

/** Resources of the test's own type, by logical id. */
export const template = (resources: Record<string, Template>, more: Template = {}): Template => ({
  Resources: Object.fromEntries(
    Object.entries(resources).map(([logicalId, { DeletionPolicy, UpdateReplacePolicy, DependsOn, ...Properties }]) => [
      logicalId,
      {
        Type: 'Test::Small::Thing',
        ...(DeletionPolicy !== undefined && { DeletionPolicy }),
        ...(UpdateReplacePolicy !== undefined && { UpdateReplacePolicy }),
        ...(DependsOn !== undefined && { DependsOn }),
        Properties,
      },
    ]),
  ),
  ...more,
})

/** An engine over records in memory, and the acts of a user without the rules of the API. */
export interface Bench {
  readonly ports: Ports
  readonly engine: Engine
  readonly acts: readonly string[]
  readonly defects: readonly unknown[]
  /** From now on, a type that was a stub is implemented. */
  learn(type: string): void
  create(name: string, body: Template, onFailure?: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING'): Promise<Stack>
  update(name: string, body: Template, options?: { disableRollback?: boolean; tags?: Record<string, string> }): Promise<Stack>
  remove(name: string, retain?: readonly string[]): Promise<Stack>
  begin(name: string, operation: Operation, status: Stack['status'], change?: Partial<Stack>): Promise<Stack>
  stack(name: string): Stack
  events(name: string): readonly StackEvent[]
  /** `Logical STATUS reason`, the stack being `.`. */
  story(name: string): readonly string[]
  /** The physical ids of what exists. */
  existing(): readonly string[]
}

/** @param settled what the plan found out for every revision of its stacks */
export function bench(given: Partial<Ports> = {}, settled: Pick<Revision, 'takesStubs' | 'failedTransform'> = {}): Bench {
  const base = fakePorts(given)
  const types = thingTypes()
  const defects: unknown[] = []
  const engine = createEngine(types, base, {
    onDefect: (error) => defects.push(error),
    stubUnsupported: settled.takesStubs === true,
  })
  const ports: Ports = { ...base, stacks: engine }
  const idOf = (name: string) => `arn:aws:cloudformation:eu-central-1:111122223333:stack/${name}/0000`
  const journal = (name: string) => journalOf(ports, scope, idOf(name))

  const revision = (body: Template, tags: Record<string, string>): Revision => {
    const key = ports.ids.uuid()
    ports.records.put(templates, scope, key, { body: JSON.stringify(body) })
    return { template: key, parameters: {}, shownParameters: {}, tags, capabilities: [], notificationArns: [], ...settled }
  }
  const events = (name: string): StackEvent[] => {
    const { count } = ports.records.get(eventCounts, scope, idOf(name)) ?? { count: 0 }
    return Array.from({ length: count }, (_, number) => {
      const event = ports.records.get(stackEvents, scope, eventKey(idOf(name), number))
      if (!event) throw new Error(`no event ${number}`)
      return event
    })
  }
  const run = async (name: string) => {
    await engine.run(scope, idOf(name))
    return journal(name).stack()
  }

  return {
    ports,
    engine,
    acts: types.acts,
    learn: types.learn,
    defects,
    create(name, body, onFailure = 'ROLLBACK') {
      const id = idOf(name)
      const stack: Stack = {
        id,
        name,
        status: 'REVIEW_IN_PROGRESS',
        createdAt: ports.clock.now(),
        outputs: [],
        imports: [],
        logicalIds: [],
        changeSetIds: [],
        disableRollback: false,
        terminationProtection: false,
      }
      ports.records.put(stacks, scope, id, stack)
      ports.records.put(stackNames, scope, name, id)
      journal(name).enter('CREATE_IN_PROGRESS', 'User Initiated', {
        operation: { kind: 'create', onFailure, by },
        revision: revision(body, {}),
      })
      return run(name)
    },
    update(name, body, { disableRollback = false, tags = {} } = {}) {
      const { previous, revision: now } = journal(name).stack()
      journal(name).enter('UPDATE_IN_PROGRESS', 'User Initiated', {
        operation: { kind: 'update', disableRollback, by },
        revision: revision(body, tags),
        previous: previous ?? now,
      })
      return run(name)
    },
    remove(name, retain = []) {
      const { status, statusReason } = journal(name).stack()
      journal(name).enter('DELETE_IN_PROGRESS', 'User Initiated', {
        operation: { kind: 'delete', retain, from: { status, statusReason }, by },
      })
      return run(name)
    },
    begin(name, operation, status, change = {}) {
      journal(name).enter(status, 'User Initiated', { operation, ...change })
      return run(name)
    },
    stack: (name) => journal(name).stack(),
    events,
    story: (name) =>
      events(name).map(({ logicalId, status, reason }) =>
        [logicalId === name ? '.' : logicalId, status, ...(reason === undefined ? [] : [reason])].join(' '),
      ),
    existing: () => ports.records.list(things, scope).map(({ key }) => key),
  }
}
