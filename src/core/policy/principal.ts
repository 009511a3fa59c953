import { parseArn } from '../aws/arn.ts'
import type { Principal } from './request.ts'

type PrincipalMatcher = (principal: Principal) => boolean

/** Compiles a `Principal` element, or says why it is none. Identities from outside AWS (`Federated`, `CanonicalUser`) match nobody here. */
export function compilePrincipal(written: unknown): PrincipalMatcher | string {
  if (written === '*') return () => true
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return 'a principal is `*` or a map'
  const entries = Object.entries(written)
  if (entries.length === 0) return 'the principal names nobody'
  const matchers: PrincipalMatcher[] = []
  for (const [kind, names] of entries) {
    const compile = KINDS.get(kind)
    if (!compile) return `\`${kind}\` is not a kind of principal`
    for (const name of Array.isArray(names) ? names : [names]) {
      const matcher = typeof name === 'string' ? compile(name) : undefined
      if (!matcher) return `\`${typeof name === 'string' ? name : JSON.stringify(name)}\` is not a principal of kind \`${kind}\``
      matchers.push(matcher)
    }
  }
  return (principal) => matchers.some((matches) => matches(principal))
}

const KINDS = new Map<string, (name: string) => PrincipalMatcher | undefined>([
  ['AWS', awsPrincipal],
  [
    'Service',
    (name) =>
      /^[a-z0-9.-]+$/.test(name) ? ({ kind, ...who }) => kind === 'service' && 'name' in who && who.name === name : undefined,
  ],
  ['Federated', (name) => (name ? () => false : undefined)],
  ['CanonicalUser', (name) => (name ? () => false : undefined)],
])

/** `{ "AWS": "*" }` means everybody in a resource policy, callers without an identity included. */
function awsPrincipal(name: string): PrincipalMatcher | undefined {
  if (name === '*') return () => true
  if (/^\d{12}$/.test(name)) return (principal) => principal.kind === 'aws' && principal.account === name
  const arn = parseArn(name)
  if (!arn || (arn.service !== 'iam' && arn.service !== 'sts') || !/^\d{12}$/.test(arn.account)) return undefined
  if (arn.resource === 'root') return (principal) => principal.kind === 'aws' && principal.account === arn.account
  if (!/^(user|role|assumed-role|federated-user)\/./.test(arn.resource)) return undefined
  return (principal) => principal.kind === 'aws' && (principal.arn === name || principal.roleArn === name)
}
