import { parseArn } from '#core/aws/arn.ts'
import { AwsError } from '#core/aws/aws-error.ts'
import { partitionOf, type Scope } from '#core/aws/scope.ts'
import { checkedName, checkedPath } from './names.ts'
import { checkedPermissions } from './policy-documents.ts'
import { globalScope, type Iam, type ManagedPolicy, managedPolicies, roles, type Tag, uniqueId } from './records.ts'

export interface NewManagedPolicy {
  readonly name: string
  readonly path?: string | undefined
  readonly description?: string | undefined
  /** A document, or JSON text. */
  readonly document: unknown
  readonly tags: readonly Tag[]
}

export function createManagedPolicy(scope: Scope, wanted: NewManagedPolicy, { records, ids, clock }: Iam): ManagedPolicy {
  const name = checkedName(wanted.name, 'policyName', 128)
  const path = checkedPath(wanted.path)
  const document = checkedPermissions(wanted.document)
  const taken = records.list(managedPolicies, globalScope(scope)).some(({ value }) => value.name === name)
  if (taken) throw new AwsError('EntityAlreadyExists', `A policy called ${name} already exists. Duplicate names are not allowed.`)
  const policy: ManagedPolicy = {
    name,
    id: uniqueId('ANPA', ids),
    path,
    arn: `arn:${partitionOf(scope.region)}:iam::${scope.account}:policy${path}${name}`,
    ...(wanted.description && { description: wanted.description }),
    document,
    version: 1,
    tags: wanted.tags,
    createdAt: clock.now(),
    updatedAt: clock.now(),
  }
  records.put(managedPolicies, globalScope(scope), policy.arn, policy)
  return policy
}

export function getManagedPolicy(scope: Scope, arn: string, { records }: Pick<Iam, 'records'>): ManagedPolicy {
  const policy = records.get(managedPolicies, globalScope(scope), arn)
  if (!policy) throw new AwsError('NoSuchEntity', `Policy ${arn} was not found.`)
  return policy
}

/** Makes the document the new default version. */
export function changeManagedPolicy(scope: Scope, arn: string, written: unknown, { records, clock }: Iam): ManagedPolicy {
  const before = getManagedPolicy(scope, arn, { records })
  const document = checkedPermissions(written)
  if (document === before.document) return before
  const policy = { ...before, document, version: before.version + 1, updatedAt: clock.now() }
  records.put(managedPolicies, globalScope(scope), arn, policy)
  return policy
}

export function deleteManagedPolicy(scope: Scope, arn: string, ports: Pick<Iam, 'records'>): void {
  getManagedPolicy(scope, arn, ports)
  if (attachmentCount(scope, arn, ports) > 0) throw new AwsError('DeleteConflict', 'Cannot delete a policy attached to entities.')
  ports.records.delete(managedPolicies, globalScope(scope), arn)
}

export function attachmentCount(scope: Scope, arn: string, { records }: Pick<Iam, 'records'>): number {
  return records.list(roles, globalScope(scope)).filter(({ value }) => value.attached.includes(arn)).length
}

/**
 * Refuses what is no policy's ARN, and an own policy that does not exist. Policies that AWS manages are taken at their word: their
 * list is AWS's.
 */
export function checkAttachable(scope: Scope, arn: string, { records }: Pick<Iam, 'records'>): void {
  const parsed = parseArn(arn)
  if (parsed?.service !== 'iam' || !parsed.resource.startsWith('policy/'))
    throw new AwsError('InvalidInput', `ARN ${arn} is not valid.`)
  if (parsed.account !== 'aws' && !records.get(managedPolicies, globalScope(scope), arn))
    throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`)
}
