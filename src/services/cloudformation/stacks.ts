import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Caller } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import { journalOf } from '#kit/stack-journal.ts'
import { changeSets, type Requester, type Stack, type StackStatus, stackNames, stacks } from '#kit/stacks.ts'

export const refused = (message: string): AwsError => new AwsError('ValidationError', message)

/** By id, or by the name that a stack bears now: a deleted stack is found by its id only. */
export function findStack(ports: Pick<Ports, 'records'>, scope: Scope, nameOrId: string): Stack | undefined {
  const id = nameOrId.startsWith('arn:') ? nameOrId : ports.records.get(stackNames, scope, nameOrId)
  return id === undefined ? undefined : ports.records.get(stacks, scope, id)
}

export function getStack(
  ports: Pick<Ports, 'records'>,
  scope: Scope,
  nameOrId: string,
  missing: (name: string) => string = (name) => `Stack [${name}] does not exist`,
): Stack {
  const stack = findStack(ports, scope, nameOrId)
  if (!stack) throw refused(missing(nameOrId))
  return stack
}

/** How the operations that describe a stack word it. */
export const withIdMissing = (name: string): string => `Stack with id ${name} does not exist`

const NAME = /^[a-zA-Z][-a-zA-Z0-9]*$/
const ID = /^arn:[-a-zA-Z0-9:/._+]*$/

/** The model has no pattern for these names; the service has. */
export function checkStackName(name: string): void {
  const constraint = (text: string) =>
    refused(`1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: ${text}`)
  if (!NAME.test(name) && !ID.test(name)) {
    throw constraint('Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*')
  }
  if (NAME.test(name) && name.length > 128) throw constraint('Member must have length less than or equal to 128')
}

/** A stack that does not exist yet: its record is put by whoever begins it. */
export function newStack(name: string, caller: Caller, ports: Pick<Ports, 'ids' | 'clock'>): Stack {
  const { partition, region, account } = caller
  return {
    id: `arn:${partition}:cloudformation:${region}:${account}:stack/${name}/${ports.ids.uuid()}`,
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
}

/** Gives the stack its name and its record. Tells nobody: the caller enters its first status. */
export function putNewStack(ports: Pick<Ports, 'records'>, scope: Scope, stack: Stack): void {
  ports.records.put(stacks, scope, stack.id, stack)
  ports.records.put(stackNames, scope, stack.name, stack.id)
}

const UPDATABLE: ReadonlySet<StackStatus> = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'UPDATE_FAILED',
])

export function checkUpdatable({ id, status }: Stack): void {
  if (!UPDATABLE.has(status)) throw refused(`Stack:${id} is in ${status} state and can not be updated.`)
}

export function requester(caller: Caller, clientRequestToken: string | undefined): Requester {
  const { headers: _headers, ...lasting } = caller
  return { caller: lasting, clientRequestToken }
}

/** Clients look right after such a call and then only every 5 to 30 seconds: an answer waits this long for the stack to rest. */
const PATIENCE_MS = 2_000

/** Starts what the stack's record says is to be done, and waits for it a little. */
export async function setOff(ports: Pick<Ports, 'stacks' | 'clock'>, scope: Scope, stackId: string): Promise<void> {
  let cancel = () => {}
  const impatience = new Promise<void>((resolve) => {
    cancel = ports.clock.after(PATIENCE_MS, resolve)
  })
  await Promise.race([ports.stacks.run(scope, stackId), impatience])
  cancel()
}

/** A stack that changed by other means than a change set makes those that wait for it obsolete. */
export function makeObsolete(ports: Pick<Ports, 'records'>, scope: Scope, { changeSetIds }: Stack): void {
  for (const id of changeSetIds) {
    const found = ports.records.get(changeSets, scope, id)
    if (found?.executionStatus === 'AVAILABLE') {
      ports.records.put(changeSets, scope, id, { ...found, executionStatus: 'OBSOLETE' })
    }
  }
}

export const journal = (ports: Pick<Ports, 'records' | 'clock' | 'ids'>, scope: Scope, { id }: Stack) =>
  journalOf(ports, scope, id)
