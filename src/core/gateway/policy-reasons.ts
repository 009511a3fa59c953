import type { Evidence, Reason } from '../aws/reason.ts'
import type { CompiledPolicy } from '../policy/compile-policy.ts'
import type { CompiledCondition, CompiledStatement } from '../policy/compile-statement.ts'
import { determiningStatements, type Mismatch, mismatches } from '../policy/evaluate-policy.ts'
import type { PolicyRequest } from '../policy/request.ts'
import type { ReasonCode } from './reason-codes.ts'

/** What a policy is called in sentences, and how a change of it takes effect. */
export interface PolicyName {
  readonly what: 'resource policy' | 'endpoint policy' | 'domain policy'
  /** Ends each mend; an API's policy counts only once it is deployed. */
  readonly then: string
}

/** The reasons for letting through, by the statement's place: made once, since every request that passes has one of them. */
export function permissionReasons(policy: CompiledPolicy, code: ReasonCode, what: string): readonly Reason[] {
  const reasons: Reason[] = []
  for (const statement of policy.statements) {
    if (statement.effect !== 'Allow') continue
    const text = `${nameOf(statement)} of the ${what} allows the request`
    reasons[statement.index] = { code, text, evidence: [evidenceOf(statement, what)] }
  }
  return reasons
}

/** Why a policy refuses, with every statement that was looked at, and what would change that. */
export function refusal(
  policy: CompiledPolicy,
  asked: PolicyRequest,
  name: PolicyName,
  codes: { denied: ReasonCode; silent: ReasonCode },
) {
  const denials = determiningStatements(policy, asked).filter(({ effect }) => effect === 'Deny')
  const explicit = denials.length > 0
  return explicit ? explicitDeny(denials, asked, name, codes.denied) : implicitDeny(policy, asked, name, codes.silent)
}

interface Refusal {
  readonly because: Reason
  readonly mend: readonly string[]
}

function explicitDeny(denials: readonly CompiledStatement[], asked: PolicyRequest, name: PolicyName, code: ReasonCode): Refusal {
  const [first] = denials
  const conditions = first?.conditions.map((condition) => describeCondition(condition, asked)) ?? []
  const because = conditions.length > 0 ? `: ${conditions.join(' and ')}` : ''
  return {
    because: {
      code,
      text: `${first ? nameOf(first) : 'a statement'} of the ${name.what} denies the request${because}`,
      evidence: denials.map((statement) => evidenceOf(statement, name.what)),
    },
    mend: denials.map((statement) => `${mendDenial(statement, asked)}${name.then}`),
  }
}

/** A denial goes away when one of its conditions no longer holds. */
function mendDenial(statement: CompiledStatement, asked: PolicyRequest): string {
  for (const condition of statement.conditions) {
    const actual = asked.keys(condition.key.toLowerCase())
    if (/Not/.test(condition.operator) && actual !== undefined)
      return `add ${quote(actual)} to \`${condition.key}\` in the denying condition${at(condition)}`
    const known = KEYS_OF_PRIVATE_TRAFFIC.get(condition.key.toLowerCase())
    if (actual === undefined && known) return known
  }
  return `remove ${nameOf(statement)}${at(statement)}, or give it a condition that this request does not meet`
}

function implicitDeny(policy: CompiledPolicy, asked: PolicyRequest, name: PolicyName, code: ReasonCode): Refusal {
  const missed = mismatches(policy, asked)
  const [nearest] = missed.toSorted((a, b) => NEARNESS.indexOf(a.part) - NEARNESS.indexOf(b.part))
  const text = nearest
    ? `no statement of the ${name.what} allows the request; ${describeMismatch(nearest, asked)}`
    : `no statement of the ${name.what} allows anything`
  return {
    because: {
      code,
      text,
      evidence: missed.map((mismatch) => ({
        ...evidenceOf(mismatch.statement, name.what),
        found: describeMismatch(mismatch, asked),
      })),
    },
    mend: [
      `${nearest ? mendMismatch(nearest, asked) : `add a statement that allows \`${asked.action}\` on \`${asked.resource}\``}${name.then}`,
    ],
  }
}

/** The nearer to the front, the less was missing. */
const NEARNESS: readonly Mismatch['part'][] = ['condition', 'principal', 'resource', 'action']

function describeMismatch({ statement, part, condition }: Mismatch, asked: PolicyRequest): string {
  if (condition) return `${nameOf(statement)} wants ${describeCondition(condition, asked)}`
  const wanted = { action: asked.action, resource: asked.resource, principal: whoOf(asked), condition: '' }[part]
  return `${nameOf(statement)} is not for the ${part} \`${wanted}\``
}

function mendMismatch({ statement, part, condition, actual }: Mismatch, asked: PolicyRequest): string {
  if (condition) {
    if (actual === undefined) {
      const known = KEYS_OF_PRIVATE_TRAFFIC.get(condition.key.toLowerCase())
      return known ?? `the request has no \`${condition.key}\`: change the condition${at(condition)}`
    }
    if (/Not/.test(condition.operator))
      return `remove ${quote(actual)} from \`${condition.key}\` in the condition${at(condition)}`
    return `add ${quote(actual)} to \`${condition.key}\` in the condition${at(condition)}`
  }
  if (part === 'principal')
    return `let ${nameOf(statement)}${at(statement)} name the principal \`*\`: methods without AWS_IAM see nobody else`
  return `add \`${part === 'action' ? asked.action : asked.resource}\` to ${nameOf(statement)}${at(statement)}`
}

/** Keys that are often used where they cannot be there. */
const KEYS_OF_PRIVATE_TRAFFIC = new Map([
  ['aws:sourceip', 'use `aws:VpcSourceIp`: traffic through a VPC endpoint has no `aws:SourceIp`'],
  ['aws:sourcevpce', 'call the API through a VPC endpoint: public traffic has no `aws:SourceVpce`'],
  ['aws:sourcevpc', 'call the API through a VPC endpoint: public traffic has no `aws:SourceVpc`'],
])

function describeCondition({ operator, key, values }: CompiledCondition, asked: PolicyRequest): string {
  const actual = asked.keys(key.toLowerCase())
  return `\`${key}\` ${operator} ${quote(values)}, and the request has ${actual === undefined ? 'none' : quote(actual)}`
}

/** The Sid, or the place counted from 1 as people count. */
function nameOf({ sid, index }: CompiledStatement): string {
  return sid ? `statement \`${sid}\`` : `statement ${index + 1}`
}

function at({ source }: { readonly source?: { readonly line: number; readonly file?: string } }): string {
  if (!source) return ''
  return source.file ? ` at ${source.file}:${source.line}` : ` at line ${source.line}`
}

function evidenceOf({ sid, index, source }: CompiledStatement, what: string): Evidence {
  return { what, statement: { index, ...(sid && { sid }) }, ...(source && { source }) }
}

function whoOf({ principal }: PolicyRequest): string {
  return principal.kind === 'aws' ? principal.arn : principal.kind
}

function quote(value: string | readonly string[]): string {
  return (typeof value === 'string' ? [value] : value).map((text) => `\`${text}\``).join(' or ')
}
