import type { Reason } from '../aws/reason.ts'
import { type CompiledPolicy, compilePolicy } from '../policy/compile-policy.ts'
import type { Entrance } from './entrance.ts'
import { permissionReasons } from './policy-reasons.ts'

/** An entrance as requests meet it: its policy is compiled, and what is said of every request is said once. */
export interface CompiledEntrance {
  readonly entrance: Entrance
  readonly policy?: CompiledPolicy
  /** Why a request passed the endpoint policy, by the statement's place. */
  readonly permissions: readonly Reason[]
}

export function compileEntrance(entrance: Entrance): CompiledEntrance {
  if (!entrance.policy) return { entrance, permissions: [] }
  const policy = compilePolicy(entrance.policy.document, entrance.policy)
  return { entrance, policy, permissions: permissionReasons(policy, 'check-endpoint-policy/allowed', 'endpoint policy') }
}
