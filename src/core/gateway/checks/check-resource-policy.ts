import { evaluatePolicy } from '../../policy/evaluate-policy.ts'
import { accessDenied } from '../access-denied.ts'
import type { Asked, Located, Received } from '../exchange.ts'
import { refusal } from '../policy-reasons.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { type Check, deny, pass } from '../verdict.ts'

const ABSENT = pass(
  {},
  {
    code: 'check-resource-policy/absent' satisfies ReasonCode,
    text: 'the API was deployed without a resource policy: everybody may call',
  },
)

/**
 * The API's own policy, as it was deployed. It is asked before any route is looked for, so that a caller without permission learns
 * nothing about routes. unverified: AWS's own order of the two.
 */
export const checkResourcePolicy: Check<Received & Located & Asked> = {
  name: 'check-resource-policy',
  decide({ stage, asked }) {
    const { account, apiId, endpointType } = stage.snapshot
    if (!stage.policy) {
      if (endpointType !== 'PRIVATE') return ABSENT
      return deny(
        accessDenied(asked, account, 'resource-based', false),
        {
          code: 'check-resource-policy/private-without-policy' satisfies ReasonCode,
          text: `API \`${apiId}\` is private and was deployed without a resource policy`,
        },
        ['give the API a resource policy and deploy it again'],
      )
    }
    const decision = evaluatePolicy(stage.policy, asked)
    if (decision.effect === 'Allow') {
      const because = stage.permissions[decision.by.index]
      if (because) return pass({}, because)
    }
    const { because, mend } = refusal(
      stage.policy,
      asked,
      { what: 'resource policy', then: ', and deploy the API again' },
      { denied: 'check-resource-policy/denied', silent: 'check-resource-policy/not-allowed' },
    )
    return deny(accessDenied(asked, account, 'resource-based', decision.effect === 'Deny'), because, mend)
  },
}
