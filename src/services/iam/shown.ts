import type { Scope } from '#core/aws/scope.ts'
import type * as Model from '#services/models/iam.ts'
import { attachmentCount } from './managed-policies.ts'
import type { Iam, ManagedPolicy, Role } from './records.ts'

/** IAM answers documents URL-encoded after RFC 3986. */
export function encodedDocument(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
}

export function shownRole(role: Role): Model.Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodedDocument(role.trust),
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    ...(role.boundary && {
      PermissionsBoundary: { PermissionsBoundaryType: 'PermissionsBoundaryPolicy', PermissionsBoundaryArn: role.boundary },
    }),
    Tags: role.tags.length > 0 ? role.tags : undefined,
  }
}

export function shownPolicy(scope: Scope, policy: ManagedPolicy, ports: Pick<Iam, 'records'>): Model.Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: `v${policy.version}`,
    AttachmentCount: attachmentCount(scope, policy.arn, ports),
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
    Tags: policy.tags.length > 0 ? policy.tags : undefined,
  }
}
