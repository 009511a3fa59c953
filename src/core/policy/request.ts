/** Who asks, as a policy sees it. */
export type Principal =
  | { readonly kind: 'anonymous' }
  /** `arn` as a policy may name it; for a role's session `roleArn` is the role. */
  | { readonly kind: 'aws'; readonly account: string; readonly arn: string; readonly roleArn?: string }
  | { readonly kind: 'service'; readonly name: string }

export const ANONYMOUS: Principal = { kind: 'anonymous' }

/** The value of a condition key by its lower-case name, such as `aws:sourcevpce`; nothing where the request does not have it. */
export type ContextKeys = (name: string) => string | readonly string[] | undefined

/** What is asked: may `principal` do `action` on `resource`? */
export interface PolicyRequest {
  readonly principal: Principal
  readonly action: string
  readonly resource: string
  readonly keys: ContextKeys
}
