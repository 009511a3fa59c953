import type { ValueList } from '../../template/value.ts'
import { managedPolicyArn } from '../arn.ts'
import type { GeneratedResource } from '../generated-resource.ts'
import { assumeRolePolicy } from '../iam-policies.ts'
import { truthy } from '../python.ts'
import { executionRole } from '../role.ts'
import type { SamResource } from '../sam-resource.ts'
import { tagsOf } from '../tags.ts'
import type { Transformation } from '../transformation.ts'
import { isTraced } from './lambda-function.ts'

/** The execution role of a function that names none. */
export function functionRole(fn: SamResource, documents: ValueList, transformation: Transformation): GeneratedResource {
  const { partition } = transformation
  const { properties } = fn
  const basic = truthy(properties['DurableConfig']) ? 'AWSLambdaBasicDurableExecutionRolePolicy' : 'AWSLambdaBasicExecutionRole'
  const paths = [`service-role/${basic}`]
  if (isTraced(fn, transformation)) paths.push(partition === 'aws' ? 'AWSXrayWriteOnlyAccess' : 'AWSXRayDaemonWriteAccess')
  if (truthy(properties['VpcConfig'])) paths.push('service-role/AWSLambdaVPCAccessExecutionRole')
  return executionRole({
    owner: fn.id,
    assumeRolePolicy: properties['AssumeRolePolicyDocument'] ?? assumeRolePolicy('lambda.amazonaws.com'),
    arns: paths.map((path) => managedPolicyArn(partition, path)),
    documents,
    policies: properties['Policies'],
    path: properties['RolePath'],
    boundary: properties['PermissionsBoundary'],
    tags: tagsOf(fn.id, properties['Tags']),
    attributes: fn.inherited,
    partition,
  })
}
