import { formatArn } from '#core/aws/arn.ts'
import type { Caller, Permission } from '#kit/operation.ts'

/** API Gateway's actions are its HTTP verbs, and its resources the paths of its REST API, without an account. */
export function permission(
  verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  { partition, region }: Pick<Caller, 'partition' | 'region'>,
): Permission {
  return {
    action: `apigateway:${verb}`,
    resource: formatArn({ partition, service: 'apigateway', region, account: '', resource: path }),
  }
}
