import type { CompiledPolicy } from './compile-policy.ts'
import { applies, type CompiledCondition, type CompiledStatement } from './compile-statement.ts'
import type { PolicyRequest } from './request.ts'

/** What a policy says to a request, and the statement that says so. */
export type PolicyDecision =
  | { readonly effect: 'Allow' | 'Deny'; readonly by: CompiledStatement }
  /** No statement speaks about the request: an implicit deny. */
  | { readonly effect: 'None' }

const NONE: PolicyDecision = { effect: 'None' }

/** A denial wins over any permission, whatever their order. */
export function evaluatePolicy({ statements }: CompiledPolicy, request: PolicyRequest): PolicyDecision {
  for (const statement of statements) if (applies(statement, request)) return { effect: statement.effect, by: statement }
  return NONE
}

/** All statements that speak for the decision: every matching denial, or where there is none every matching permission. */
export function determiningStatements({ statements }: CompiledPolicy, request: PolicyRequest): readonly CompiledStatement[] {
  const matching = statements.filter((statement) => applies(statement, request))
  const denials = matching.filter(({ effect }) => effect === 'Deny')
  return denials.length > 0 ? denials : matching
}

/** Why a statement does not speak about a request: its first part that does not fit. */
export interface Mismatch {
  readonly statement: CompiledStatement
  readonly part: 'action' | 'resource' | 'principal' | 'condition'
  readonly condition?: CompiledCondition
  /** What the request has under the condition's key. */
  readonly actual?: string | readonly string[]
}

/** For each permission, why it did not help. For explaining a refusal: `evaluatePolicy` does not pay for it. */
export function mismatches({ statements }: CompiledPolicy, request: PolicyRequest): readonly Mismatch[] {
  return statements.filter(({ effect }) => effect === 'Allow').flatMap((statement) => mismatch(statement, request) ?? [])
}

function mismatch(statement: CompiledStatement, { action, resource, principal, keys }: PolicyRequest): Mismatch | undefined {
  const { concerns, conditions } = statement
  if (!concerns.action(action, keys)) return { statement, part: 'action' }
  if (!concerns.resource(resource, keys)) return { statement, part: 'resource' }
  if (!concerns.principal(principal)) return { statement, part: 'principal' }
  const condition = conditions.find(({ holds }) => !holds(keys))
  if (!condition) return undefined
  const actual = keys(condition.key.toLowerCase())
  return { statement, part: 'condition', condition, ...(actual !== undefined && { actual }) }
}
