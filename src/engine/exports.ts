import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Records } from '#kit/records.ts'
import { exports, importers, type Stack, type StackOutput, stacks } from '#kit/stacks.ts'

/*
 * What stacks promise each other. Each function runs without waiting, so that a check and the change it allows are one: nobody can
 * begin to import what is being withdrawn.
 */

/** Notes that a stack relies on these exports, besides those it relies on already. */
export function holdImports(records: Records, scope: Scope, stackId: string, names: readonly string[]): void {
  for (const name of names) {
    const known = records.get(importers, scope, name) ?? []
    if (!known.includes(stackId)) records.put(importers, scope, name, [...known, stackId])
  }
}

export function releaseImports(records: Records, scope: Scope, stackId: string, names: readonly string[]): void {
  for (const name of names) {
    const rest = (records.get(importers, scope, name) ?? []).filter((other) => other !== stackId)
    if (rest.length > 0) records.put(importers, scope, name, rest)
    else records.delete(importers, scope, name)
  }
}

/** Puts the exports of these outputs in the place of the stack's old ones, or throws AWS's refusal and changes nothing. */
export function publishExports(records: Records, scope: Scope, stack: Stack, outputs: readonly StackOutput[]): void {
  const wanted = new Map<string, string>()
  for (const { exportName, value } of outputs) {
    if (exportName === undefined) continue
    const owner = records.get(exports, scope, exportName)
    if (wanted.has(exportName) || (owner && owner.stackId !== stack.id)) {
      throw new AwsError(
        'ValidationError',
        `Export with name ${exportName} is already exported by stack ${owner?.stackName ?? stack.name}`,
      )
    }
    wanted.set(exportName, value)
  }
  for (const { exportName, value } of stack.outputs) {
    if (exportName === undefined || wanted.get(exportName) === value) continue
    const users = importersOf(records, scope, exportName, stack.id)
    if (users.length === 0) continue
    const verb = wanted.has(exportName) ? 'updated' : 'deleted'
    throw new AwsError('ValidationError', `Export ${exportName} cannot be ${verb} as it is in use by ${inWords(users)}`)
  }
  for (const { exportName } of stack.outputs) if (exportName !== undefined) records.delete(exports, scope, exportName)
  for (const [name, value] of wanted) {
    records.put(exports, scope, name, { name, value, stackId: stack.id, stackName: stack.name })
  }
}

/** Withdraws all exports of a stack. Answers AWS's refusal, having changed nothing, where another stack imports one. */
export function withdrawExports(records: Records, scope: Scope, stack: Stack): string | undefined {
  const names = stack.outputs.flatMap(({ exportName }) => exportName ?? [])
  for (const name of names) {
    const users = importersOf(records, scope, name, stack.id)
    if (users.length > 0) return `Delete canceled. Cannot delete export ${name} as it is in use by ${inWords(users)}`
  }
  for (const name of names) records.delete(exports, scope, name)
  return undefined
}

/** The names of the other stacks that import this export. */
function importersOf(records: Records, scope: Scope, name: string, except?: string): string[] {
  return (records.get(importers, scope, name) ?? [])
    .filter((id) => id !== except)
    .flatMap((id) => records.get(stacks, scope, id)?.name ?? [])
}

// unverified: how AWS joins several names.
const inWords = (names: readonly string[]) =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}` : names.join('')
