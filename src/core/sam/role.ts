import type { Value, ValueList, ValueMap } from '../template/value.ts'
import type { Partition } from './arn.ts'
import { type GeneratedResource, generated } from './generated-resource.ts'
import { rolePolicies } from './policies.ts'
import { includes } from './python.ts'

export interface RoleSettings {
  readonly owner: string
  readonly assumeRolePolicy: Value
  /** What every such role may do, before the user's own policies. */
  readonly arns: ValueList
  readonly documents: ValueList
  readonly policies: Value | undefined
  readonly path: Value | undefined
  readonly boundary: Value | undefined
  readonly tags: ValueList
  readonly attributes: ValueMap
  readonly partition: Partition
}

/** The role that is made for a function or state machine without one of its own. */
export function executionRole(settings: RoleSettings): GeneratedResource {
  const { owner, policies, partition } = settings
  const id = `${owner}Role`
  const own = rolePolicies(owner, id, policies, partition)
  const arns = [...settings.arns]
  for (const arn of own.arns) if (!includes(arns, arn)) arns.push(arn)
  const documents = [...settings.documents, ...own.documents]
  return generated(
    id,
    'AWS::IAM::Role',
    {
      AssumeRolePolicyDocument: settings.assumeRolePolicy,
      ManagedPolicyArns: arns,
      Path: settings.path,
      Policies: documents.length > 0 ? documents : undefined,
      PermissionsBoundary: settings.boundary,
      Tags: settings.tags,
    },
    { attributes: settings.attributes },
  )
}
