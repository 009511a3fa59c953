import type { ValueMap } from '../../template/value.ts'
import { type GeneratedResource, generated, type Properties } from '../generated-resource.ts'
import { assumeRolePolicy } from '../iam-policies.ts'
import { getAtt } from '../intrinsics.ts'
import type { SamResource } from '../sam-resource.ts'

/** A resource of AppSync or IAM that belongs to a GraphQL API. Unlike elsewhere in SAM, every part has all attributes of the API. */
export function part(
  { id, attributes, dependsOn }: SamResource,
  name: string,
  type: string,
  properties: Properties,
): GeneratedResource {
  return generated(`${id}${name}`, type, properties, { attributes, dependsOn })
}

/** A role that AppSync takes on. */
export function appSyncRole(api: SamResource, name: string, properties: Properties = {}): GeneratedResource {
  return part(api, name, 'AWS::IAM::Role', { AssumeRolePolicyDocument: assumeRolePolicy('appsync.amazonaws.com'), ...properties })
}

export const apiId = ({ id }: SamResource): ValueMap => getAtt(id, 'ApiId')
