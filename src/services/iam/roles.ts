import { AwsError } from '#core/aws/aws-error.ts'
import { partitionOf, type Scope } from '#core/aws/scope.ts'
import { checkAttachable } from './managed-policies.ts'
import { checkedName, checkedPath } from './names.ts'
import { checkedPermissions, checkedTrust } from './policy-documents.ts'
import { globalScope, type Iam, type Role, roles, type Tag, uniqueId } from './records.ts'

export interface NewRole {
  readonly name: string
  readonly path?: string | undefined
  /** A document, or JSON text. */
  readonly trust: unknown
  readonly description?: string | undefined
  readonly maxSessionSeconds?: number | undefined
  readonly boundary?: string | undefined
  /** Documents or JSON texts by policy name. */
  readonly inline?: Readonly<Record<string, unknown>>
  readonly attached?: readonly string[]
  readonly tags: readonly Tag[]
}

export function createRole(scope: Scope, wanted: NewRole, ports: Iam): Role {
  const name = checkedName(wanted.name, 'roleName', 64)
  const path = checkedPath(wanted.path)
  if (ports.records.get(roles, globalScope(scope), name))
    throw new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`)
  const role = {
    name,
    id: uniqueId('AROA', ports.ids),
    path,
    arn: `arn:${partitionOf(scope.region)}:iam::${scope.account}:role${path}${name}`,
    ...settingsOf(scope, wanted, ports),
    tags: wanted.tags,
    createdAt: ports.clock.now(),
  }
  return saveRole(scope, role, ports)
}

/** Makes all that can be changed about the role as `wanted` says; `inline` and `attached` are complete lists. */
export function changeRole(scope: Scope, wanted: NewRole, ports: Iam): Role {
  const { name, id, path, arn, createdAt } = getRole(scope, wanted.name, ports)
  return saveRole(scope, { name, id, path, arn, createdAt, ...settingsOf(scope, wanted, ports), tags: wanted.tags }, ports)
}

function settingsOf(scope: Scope, { trust, inline = {}, attached = [], ...wanted }: NewRole, ports: Pick<Iam, 'records'>) {
  for (const arn of attached) checkAttachable(scope, arn, ports)
  return {
    trust: checkedTrust(trust),
    ...(wanted.description && { description: wanted.description }),
    maxSessionSeconds: checkedSession(wanted.maxSessionSeconds ?? 3600),
    ...(wanted.boundary && { boundary: wanted.boundary }),
    inline: Object.fromEntries(
      Object.entries(inline).map(([name, document]) => [checkedName(name, 'policyName', 128), checkedPermissions(document)]),
    ),
    attached: [...new Set(attached)],
  }
}

function checkedSession(seconds: number): number {
  if (seconds < 3600 || seconds > 43_200)
    throw new AwsError('ValidationError', `The requested MaxSessionDuration ${seconds} is not between 3600 and 43200 seconds`)
  return seconds
}

export function getRole(scope: Scope, name: string, { records }: Pick<Iam, 'records'>): Role {
  const role = records.get(roles, globalScope(scope), name)
  if (!role) throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`)
  return role
}

function saveRole(scope: Scope, role: Role, { records }: Pick<Iam, 'records'>): Role {
  records.put(roles, globalScope(scope), role.name, role)
  return role
}

/** A role goes only when its policies are gone. */
export function deleteRole(scope: Scope, name: string, ports: Pick<Iam, 'records'>): void {
  const { attached, inline } = getRole(scope, name, ports)
  if (attached.length > 0) throw new AwsError('DeleteConflict', 'Cannot delete entity, must detach all policies first.')
  if (Object.keys(inline).length > 0) throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.')
  ports.records.delete(roles, globalScope(scope), name)
}

export function putTrust(scope: Scope, name: string, document: unknown, ports: Pick<Iam, 'records'>): void {
  const role = getRole(scope, name, ports)
  saveRole(scope, { ...role, trust: checkedTrust(document) }, ports)
}

export function putTags(scope: Scope, name: string, tags: readonly Tag[], ports: Pick<Iam, 'records'>): void {
  saveRole(scope, { ...getRole(scope, name, ports), tags }, ports)
}

export function putRolePolicy(
  scope: Scope,
  name: string,
  policyName: string,
  document: unknown,
  ports: Pick<Iam, 'records'>,
): void {
  const role = getRole(scope, name, ports)
  const inline = { ...role.inline, [checkedName(policyName, 'policyName', 128)]: checkedPermissions(document) }
  saveRole(scope, { ...role, inline }, ports)
}

export function getRolePolicy(scope: Scope, name: string, policyName: string, ports: Pick<Iam, 'records'>): string {
  const document = getRole(scope, name, ports).inline[policyName]
  if (document === undefined) throw new AwsError('NoSuchEntity', `The role policy with name ${policyName} cannot be found.`)
  return document
}

export function deleteRolePolicy(scope: Scope, name: string, policyName: string, ports: Pick<Iam, 'records'>): void {
  getRolePolicy(scope, name, policyName, ports)
  const role = getRole(scope, name, ports)
  const { [policyName]: _gone, ...inline } = role.inline
  saveRole(scope, { ...role, inline }, ports)
}

/** Attaching what is attached is fine. */
export function attachRolePolicy(scope: Scope, name: string, arn: string, ports: Pick<Iam, 'records'>): void {
  const role = getRole(scope, name, ports)
  checkAttachable(scope, arn, ports)
  saveRole(scope, { ...role, attached: [...new Set([...role.attached, arn])] }, ports)
}

export function detachRolePolicy(scope: Scope, name: string, arn: string, ports: Pick<Iam, 'records'>): void {
  const role = getRole(scope, name, ports)
  if (!role.attached.includes(arn)) throw new AwsError('NoSuchEntity', `Policy ${arn} was not found.`)
  saveRole(scope, { ...role, attached: role.attached.filter((other) => other !== arn) }, ports)
}
