import { generatedName } from '#kit/generated-name.ts'
import { type ResourceRequest, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/iam-role.ts'
import { globalScope, type Role, roles } from '../records.ts'
import { changeRole, createRole, deleteRole, deleteRolePolicy, detachRolePolicy } from '../roles.ts'

export default resource(schema, {
  honours: [
    'AssumeRolePolicyDocument',
    'Description',
    'ManagedPolicyArns',
    'MaxSessionDuration',
    'Path',
    'PermissionsBoundary',
    'Policies',
    'RoleName',
    'Tags',
  ],

  create(request, ports) {
    const { properties, caller, logicalId, stack } = request
    const name = properties.RoleName ?? generatedName({ stackName: stack.name, logicalId, limit: 64 }, ports.ids)
    return stateOf(createRole(caller, wantedRole(name, request), ports))
  },

  update: (request, { ref, properties: before }, ports) => {
    const wanted = wantedRole(ref, request)
    const current = ports.records.get(roles, globalScope(request.caller), ref)
    // What others put on the role stays: an AWS::IAM::Policy, a call.
    const formerly = wantedRole(ref, { ...request, properties: before })
    const inline = Object.fromEntries(Object.entries(current?.inline ?? {}).filter(([name]) => !(name in formerly.inline)))
    const attached = (current?.attached ?? []).filter((arn) => !formerly.attached.includes(arn))
    const merged = { ...wanted, inline: { ...inline, ...wanted.inline }, attached: [...wanted.attached, ...attached] }
    return stateOf(changeRole(request.caller, merged, ports))
  },

  /** Takes the role's own policies along; one that somebody else put there stands in the way, as on AWS. */
  delete({ ref, caller, properties }, ports) {
    const role = ports.records.get(roles, globalScope(caller), ref)
    if (!role) return
    for (const { PolicyName } of properties.Policies ?? [])
      if (role.inline[PolicyName] !== undefined) deleteRolePolicy(caller, ref, PolicyName, ports)
    for (const arn of properties.ManagedPolicyArns ?? [])
      if (role.attached.includes(arn)) detachRolePolicy(caller, ref, arn, ports)
    deleteRole(caller, ref, ports)
  },
})

function wantedRole(name: string, { properties: p, stack }: Pick<ResourceRequest<Properties>, 'properties' | 'stack'>) {
  const tags = { ...stack.tags, ...Object.fromEntries((p.Tags ?? []).map(({ Key, Value }) => [Key, Value])) }
  return {
    name,
    path: p.Path,
    trust: p.AssumeRolePolicyDocument,
    description: p.Description,
    maxSessionSeconds: p.MaxSessionDuration,
    boundary: p.PermissionsBoundary,
    inline: Object.fromEntries((p.Policies ?? []).map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument])),
    attached: p.ManagedPolicyArns ?? [],
    tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  }
}

function stateOf({ name, arn, id }: Role) {
  return { ref: name, attributes: { Arn: arn, RoleId: id } }
}
