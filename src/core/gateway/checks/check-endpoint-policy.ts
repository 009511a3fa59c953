import { evaluatePolicy } from '../../policy/evaluate-policy.ts'
import { accessDenied } from '../access-denied.ts'
import type { Asked, Located, Received } from '../exchange.ts'
import { refusal } from '../policy-reasons.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { type Check, deny, pass } from '../verdict.ts'

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

/** Every request through an endpoint passes its policy first, whoever owns the API. */
export const checkEndpointPolicy: Check<Received & Located & Asked> = {
  name: 'check-endpoint-policy',
  decide({ entrance, stage, asked }) {
    if (!entrance) return PUBLIC
    if (!entrance.policy) return ABSENT
    const decision = evaluatePolicy(entrance.policy, asked)
    if (decision.effect === 'Allow') {
      const because = entrance.permissions[decision.by.index]
      if (because) return pass({}, because)
    }
    const { because, mend } = refusal(
      entrance.policy,
      asked,
      { what: 'endpoint policy', then: '' },
      { denied: 'check-endpoint-policy/denied', silent: 'check-endpoint-policy/not-allowed' },
    )
    return deny(accessDenied(asked, stage.snapshot.account, 'VPC endpoint', decision.effect === 'Deny'), because, mend)
  },
}
