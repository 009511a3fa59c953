import { evaluatePolicy } from '../../policy/evaluate-policy.ts'
import { accessDenied } from '../access-denied.ts'
import type { Asked, Received } from '../exchange.ts'
import { refusal } from '../policy-reasons.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { type Check, deny, pass } from '../verdict.ts'

const NOT_PRIVATE = pass(
  {},
  {
    code: 'check-domain-policy/not-private' satisfies ReasonCode,
    text: 'the request came by no private custom domain name',
  },
)

/**
 * The policy of a private custom domain name, as it is now: it needs no deployment. The API's own policy has to allow as well.
 * unverified: that a refusal names the ARN of the domain name, and not the API's.
 */
export const checkDomainPolicy: Check<Received & Asked> = {
  name: 'check-domain-policy',
  decide({ domain, askedOfDomain }) {
    if (!domain || !askedOfDomain) return NOT_PRIVATE
    const { name, account } = domain.domain
    if (!domain.policy) {
      return deny(
        accessDenied(askedOfDomain, account, 'resource-based', false),
        {
          code: 'check-domain-policy/absent' satisfies ReasonCode,
          text: `domain name \`${name}\` is private and has no policy`,
        },
        ['give the domain name a policy that allows `execute-api:Invoke` on `execute-api:/*`'],
      )
    }
    const decision = evaluatePolicy(domain.policy, askedOfDomain)
    if (decision.effect === 'Allow') {
      const because = domain.permissions[decision.by.index]
      if (because) return pass({}, because)
    }
    const { because, mend } = refusal(
      domain.policy,
      askedOfDomain,
      { what: 'domain policy', then: '' },
      { denied: 'check-domain-policy/denied', silent: 'check-domain-policy/not-allowed' },
    )
    return deny(accessDenied(askedOfDomain, account, 'resource-based', decision.effect === 'Deny'), because, mend)
  },
}
