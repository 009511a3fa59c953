import type { CompiledPolicy } from '../../policy/compile-policy.ts'
import { evaluatePolicy } from '../../policy/evaluate-policy.ts'
import type { PolicyRequest } from '../../policy/request.ts'
import { accessDenied } from '../access-denied.ts'
import type { Asked, Located, Received } from '../exchange.ts'
import { refusal } from '../policy-reasons.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { type Check, deny, pass, type Verdict } from '../verdict.ts'

const PUBLIC = pass(
  {},
  { code: 'check-endpoint-policy/public' satisfies ReasonCode, text: 'the request came through no VPC endpoint' },
)
const ABSENT = pass(
  {},
  {
    code: 'check-endpoint-policy/absent' satisfies ReasonCode,
    text: 'the VPC endpoint has no policy of its own: full access',
  },
)

/**
 * Every request through an endpoint passes its policy first, whoever owns the API. By a private custom domain name it is asked twice, of
 * the name and of the API: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-endpoint-policies.html
 */
export const checkEndpointPolicy: Check<Received & Located & Asked> = {
  name: 'check-endpoint-policy',
  decide({ entrance, domain, stage, asked, askedOfDomain }) {
    if (!entrance) return PUBLIC
    if (!entrance.policy) return ABSENT
    if (askedOfDomain && domain) {
      const { effect } = evaluatePolicy(entrance.policy, askedOfDomain)
      if (effect !== 'Allow') return refuse(entrance.policy, askedOfDomain, domain.domain.account, effect === 'Deny')
    }
    const decision = evaluatePolicy(entrance.policy, asked)
    if (decision.effect === 'Allow') {
      const because = entrance.permissions[decision.by.index]
      if (because) return pass({}, because)
    }
    return refuse(entrance.policy, asked, stage.snapshot.account, decision.effect === 'Deny')
  },
}

function refuse(policy: CompiledPolicy, asked: PolicyRequest, owner: string, explicit: boolean): Verdict<never> {
  const { because, mend } = refusal(
    policy,
    asked,
    { what: 'endpoint policy', then: '' },
    { denied: 'check-endpoint-policy/denied', silent: 'check-endpoint-policy/not-allowed' },
  )
  return deny(accessDenied(asked, owner, 'VPC endpoint', explicit), because, mend)
}
