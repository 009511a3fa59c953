import type { Scope } from '#core/aws/scope.ts'
import type { Caller, Operation } from '#kit/operation.ts'
import type { Ports, StackEngine } from '#kit/ports.ts'
import { journalOf } from '#kit/stack-journal.ts'
import type { Plan, StackStatus } from '#kit/stacks.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'

export const scope: Scope = { account: '111122223333', region: 'eu-central-1' }

export const caller: Caller = {
  ...scope,
  partition: 'aws',
  principalArn: 'arn:aws:iam::111122223333:root',
  requestId: 'request',
  endpoint: 'http://127.0.0.1:4566',
  headers: {},
}

const NOTHING_GIVEN = { values: {}, texts: {}, shown: {}, resolved: {} }

/** A plan with nothing to say besides what is handed in. */
export const plan = (more: Partial<Plan> & Pick<Plan, 'kind'>): Plan =>
  ({ parameters: NOTHING_GIVEN, transformed: false, ...(more.kind === 'changes' && { changes: [] }), ...more }) as Plan

const OUTCOMES: Partial<Record<StackStatus, StackStatus>> = {
  CREATE_IN_PROGRESS: 'CREATE_COMPLETE',
  UPDATE_IN_PROGRESS: 'UPDATE_COMPLETE',
  DELETE_IN_PROGRESS: 'DELETE_COMPLETE',
}

/** The API over an engine that plans what it is told to, and carries out everything at once and with success. */
export function stage(answers: { plan?: Plan | (() => Plan); stalls?: boolean } = {}) {
  const { plan: planned = plan({ kind: 'changes' }), stalls = false } = answers
  const started: string[] = []
  const engine: StackEngine = {
    plan: async () => (typeof planned === 'function' ? planned() : planned),
    process: () => undefined,
    interrupt: () => {},
    async run(where, stackId) {
      started.push(stackId)
      if (stalls) return
      const journal = journalOf(ports, where, stackId)
      journal.enter(OUTCOMES[journal.stack().status] ?? journal.stack().status)
      journal.amend({ operation: undefined })
    },
  }
  const ports: Ports = fakePorts({ stacks: engine })
  return {
    ports,
    started,
    call: async <Input, Output>(operation: Operation<Input, Output>, input: Input, by: Caller = caller) =>
      operation.run(input, by, ports),
  }
}
