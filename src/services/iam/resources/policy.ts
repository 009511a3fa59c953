import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/iam-policy.ts'
import { globalScope, type Iam, roles } from '../records.ts'
import { deleteRolePolicy, getRole, putRolePolicy } from '../roles.ts'

/** An inline policy of roles that are declared elsewhere. */
export default resource(schema, {
  honours: ['PolicyDocument', 'PolicyName', 'Roles'],

  create({ properties, caller, logicalId, stack }, ports) {
    putOnRoles(caller, properties, ports)
    // The shape of the physical ids that CloudFormation gives to this type: `entit-Read-1A2B3C4D5E6F`.
    return stateOf(`${stack.name.slice(0, 5)}-${logicalId.slice(0, 4)}-${ports.ids.alphanumeric(12).toUpperCase()}`)
  },

  update({ properties, caller }, { ref, properties: before }, ports) {
    putOnRoles(caller, properties, ports)
    const kept = (role: string) => before.PolicyName === properties.PolicyName && properties.Roles?.includes(role)
    takeOff(caller, { ...before, Roles: (before.Roles ?? []).filter((role) => !kept(role)) }, ports)
    return stateOf(ref)
  },

  delete: ({ properties, caller }, ports) => takeOff(caller, properties, ports),
})

function putOnRoles(scope: Scope, { Roles = [], PolicyName, PolicyDocument }: Properties, ports: Pick<Iam, 'records'>): void {
  if (Roles.length === 0) throw new AwsError('InvalidInput', 'At least one of [Groups,Roles,Users] must be non-empty.')
  // All of them are there, or none gets the policy.
  for (const role of Roles) getRole(scope, role, ports)
  for (const role of Roles) putRolePolicy(scope, role, PolicyName, PolicyDocument, ports)
}

function takeOff(scope: Scope, { Roles = [], PolicyName }: Properties, ports: Pick<Iam, 'records'>): void {
  for (const role of Roles) {
    const inline = ports.records.get(roles, globalScope(scope), role)?.inline
    if (inline?.[PolicyName] !== undefined) deleteRolePolicy(scope, role, PolicyName, ports)
  }
}

function stateOf(id: string) {
  return { ref: id, attributes: { Id: id } }
}
