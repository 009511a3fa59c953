import { compilePolicy, validatePolicy } from '../policy/compile-policy.ts'
import type { PolicyProblem } from '../policy/compile-statement.ts'
import { evaluatePolicy } from '../policy/evaluate-policy.ts'
import { expandPolicyResources, type ResourceContext } from '../policy/expand-resource.ts'
import { ANONYMOUS, type Principal } from '../policy/request.ts'

export { AwsError } from '../aws/aws-error.ts'
export type { PolicyProblem, Principal, ResourceContext }

/** May somebody do something, under these circumstances? */
export interface Question {
  /** Such as `execute-api:Invoke`. */
  readonly action: string
  /** An ARN, such as `arn:aws:execute-api:eu-central-1:111122223333:a1b2c3d4e5/prod/GET/entities`. */
  readonly resource: string
  /** Nobody in particular, unless it says so. */
  readonly principal?: Principal
  /** The request's condition keys, such as `{'aws:SourceVpce': 'vpce-0a1b2c3d'}`; their case does not matter. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>
}

export interface Answer {
  /** `None`: no statement speaks about it, which is a refusal as well, unless another policy allows it. */
  readonly effect: 'Allow' | 'Deny' | 'None'
  /** The statement that decided, by its place in the policy, counted from 0. */
  readonly statement?: { readonly index: number; readonly sid?: string }
}

/**
 * Reads a resource policy or an endpoint policy, once, and answers what it says to questions. With `api` the shorthand
 * `execute-api:/…` stands for that API, as in the policy of a REST API.
 *
 * @throws AwsError where it is no policy; `problemsOf` tells everything that is wrong with it
 *
 * @example
 * const ask = readPolicy(policy, { region: 'eu-central-1', account: '111122223333', apiId: 'a1b2c3d4e5' })
 * ask({ action: 'execute-api:Invoke', resource, context: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } }).effect // 'Allow'
 */
export function readPolicy(document: unknown, api?: ResourceContext): (question: Question) => Answer {
  const policy = compilePolicy(api ? expandPolicyResources(document, api) : document)
  return ({ action, resource, principal = ANONYMOUS, context = {} }) => {
    const keys = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]))
    const decision = evaluatePolicy(policy, { action, resource, principal, keys: (name) => keys.get(name) })
    if (decision.effect === 'None') return { effect: 'None' }
    const { index, sid } = decision.by
    return { effect: decision.effect, statement: { index, ...(sid !== undefined && { sid }) } }
  }
}

/** Everything that keeps a document from being a resource or endpoint policy, with a JSON pointer each; empty where it is one. */
export function problemsOf(document: unknown): readonly PolicyProblem[] {
  return validatePolicy(document)
}
