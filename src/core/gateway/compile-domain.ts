import type { Reason } from '../aws/reason.ts'
import { type CompiledPolicy, compilePolicy } from '../policy/compile-policy.ts'
import type { CustomDomain } from './custom-domain.ts'
import type { Entrance } from './entrance.ts'
import { permissionReasons } from './policy-reasons.ts'

/** A custom domain name as requests meet it: the policy of a private one is compiled. */
export interface CompiledDomain {
  readonly domain: CustomDomain
  readonly policy?: CompiledPolicy
  /** Why a request passed the domain policy, by the statement's place. */
  readonly permissions: readonly Reason[]
}

export function compileDomain(domain: CustomDomain): CompiledDomain {
  const written = domain.access?.policy
  if (!written) return { domain, permissions: [] }
  const policy = compilePolicy(written.document, written)
  return { domain, policy, permissions: permissionReasons(policy, 'check-domain-policy/allowed', 'domain policy') }
}

/** Public names are reached from outside of every VPC, private ones through the endpoints that are associated with them. */
export function leadsTo({ access, region }: CustomDomain, entrance: Entrance | undefined): boolean {
  if (!access || !entrance) return !access && !entrance
  const { endpointId, account } = entrance
  return region === entrance.region && access.endpoints.some((one) => one.endpointId === endpointId && one.account === account)
}
