import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import { type ChangeSet, changeSets, type Stack, stacks, templates } from '#kit/stacks.ts'
import { getStack, refused } from './stacks.ts'

/** By its ARN alone, or by its name and the stack: executed ones free their names, so the newest of that name. */
export function getChangeSet(
  ports: Pick<Ports, 'records'>,
  scope: Scope,
  nameOrId: string,
  stackName: string | undefined,
): ChangeSet {
  const found = nameOrId.startsWith('arn:')
    ? ports.records.get(changeSets, scope, nameOrId)
    : changeSetsOf(ports, scope, stackOfChangeSet(ports, scope, stackName)).findLast(({ name }) => name === nameOrId)
  if (!found) throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, { status: 404 })
  return found
}

function stackOfChangeSet(ports: Pick<Ports, 'records'>, scope: Scope, stackName: string | undefined): Stack {
  if (stackName === undefined) throw refused('StackName must be specified if ChangeSetName is not specified as an ARN.')
  return getStack(ports, scope, stackName)
}

/** Oldest first. */
export function changeSetsOf(ports: Pick<Ports, 'records'>, scope: Scope, stack: Stack): ChangeSet[] {
  return stack.changeSetIds.flatMap((id) => ports.records.get(changeSets, scope, id) ?? [])
}

export function removeChangeSet(ports: Pick<Ports, 'records'>, scope: Scope, changeSet: ChangeSet): void {
  const stack = ports.records.get(stacks, scope, changeSet.stackId)
  ports.records.delete(changeSets, scope, changeSet.id)
  if (!stack) return
  const inUse = [stack.revision?.template, stack.previous?.template].includes(changeSet.revision.template)
  if (!inUse) ports.records.delete(templates, scope, changeSet.revision.template)
  const changeSetIds = stack.changeSetIds.filter((id) => id !== changeSet.id)
  ports.records.put(stacks, scope, stack.id, { ...stack, changeSetIds })
}

export const isExecuted = ({ executionStatus }: ChangeSet): boolean => executionStatus.startsWith('EXECUTE_')
