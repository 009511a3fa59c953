import type { Scope } from '#core/aws/scope.ts'
import { generatedName } from '#kit/generated-name.ts'
import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/iam-managed-policy.ts'
import { attachmentCount, changeManagedPolicy, createManagedPolicy, deleteManagedPolicy } from '../managed-policies.ts'
import { globalScope, type Iam, type ManagedPolicy, managedPolicies, roles } from '../records.ts'
import { attachRolePolicy, detachRolePolicy, getRole } from '../roles.ts'

export default resource(schema, {
  honours: ['Description', 'ManagedPolicyName', 'Path', 'PolicyDocument', 'Roles'],

  create({ properties, caller, logicalId, stack }, ports) {
    const { ManagedPolicyName, Path, Description, PolicyDocument, Roles = [] } = properties
    for (const role of Roles) getRole(caller, role, ports)
    const name = ManagedPolicyName ?? generatedName({ stackName: stack.name, logicalId, limit: 128 }, ports.ids)
    const wanted = { name, path: Path, description: Description, document: PolicyDocument, tags: [] }
    const policy = createManagedPolicy(caller, wanted, ports)
    for (const role of Roles) attachRolePolicy(caller, role, policy.arn, ports)
    return stateOf(caller, policy, ports)
  },

  update({ properties, caller }, { ref, properties: before }, ports) {
    const { PolicyDocument, Roles = [] } = properties
    const policy = changeManagedPolicy(caller, ref, PolicyDocument, ports)
    for (const role of Roles) attachRolePolicy(caller, role, ref, ports)
    detach(
      caller,
      ref,
      (before.Roles ?? []).filter((role) => !Roles.includes(role)),
      ports,
    )
    return stateOf(caller, policy, ports)
  },

  delete({ ref, caller, properties }, ports) {
    if (!ports.records.get(managedPolicies, globalScope(caller), ref)) return
    detach(caller, ref, properties.Roles ?? [], ports)
    deleteManagedPolicy(caller, ref, ports)
  },
})

function detach(scope: Scope, arn: string, names: readonly string[], ports: Pick<Iam, 'records'>): void {
  for (const name of names)
    if (ports.records.get(roles, globalScope(scope), name)?.attached.includes(arn)) detachRolePolicy(scope, name, arn, ports)
}

function stateOf(scope: Scope, policy: ManagedPolicy, ports: Pick<Iam, 'records'>) {
  return {
    ref: policy.arn,
    attributes: {
      PolicyArn: policy.arn,
      PolicyId: policy.id,
      DefaultVersionId: `v${policy.version}`,
      AttachmentCount: attachmentCount(scope, policy.arn, ports),
      IsAttachable: true,
      PermissionsBoundaryUsageCount: 0,
      CreateDate: new Date(policy.createdAt).toISOString(),
      UpdateDate: new Date(policy.updatedAt).toISOString(),
    },
  }
}
