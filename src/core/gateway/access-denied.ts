import type { PolicyRequest } from '../policy/request.ts'
import { maskAccount } from './invoke-arn.ts'
import type { Denial } from './verdict.ts'

/** A policy's refusal in AWS's words: who, what, on which resource with the owner's account masked, and which kind of policy. */
export function accessDenied(
  { principal, action, resource }: PolicyRequest,
  owner: string,
  kind: 'resource-based' | 'VPC endpoint',
  explicit: boolean,
): Denial {
  const who = principal.kind === 'aws' ? principal.arn : 'anonymous'
  const article = kind === 'resource-based' ? 'a resource-based' : 'a VPC endpoint'
  const why = explicit ? `with an explicit deny in ${article} policy` : `because no ${kind} policy allows the ${action} action`
  return {
    type: 'ACCESS_DENIED',
    message: `User: ${who} is not authorized to perform: ${action} on resource: ${maskAccount(resource, owner)} ${why}`,
  }
}
