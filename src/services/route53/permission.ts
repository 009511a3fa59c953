import type { Caller, Permission } from '#kit/operation.ts'
import { bareId } from './records.ts'

type Kind = 'hostedzone' | 'change' | 'delegationset' | 'healthcheck'

/** What a caller must be allowed to do to a thing of Route 53's: its ARNs have neither account nor region. */
export function permission({ partition }: Pick<Caller, 'partition'>, action: string, kind: Kind, id: string): Permission {
  return { action: `route53:${action}`, resource: `arn:${partition}:route53:::${kind}/${bareId(id)}` }
}

export const anything = (action: string): Permission => ({ action: `route53:${action}`, resource: '*' })
