import { apisOf } from '../apis.ts'
import type { Rule } from '../finding.ts'
import type { ConditionView, StatementView } from '../policy-view.ts'

const KEYS = new Set(['aws:sourcevpc', 'aws:sourcevpce', 'aws:vpcsourceip'])

/** Only requests through a VPC endpoint have these keys, and a public API gets none of them. */
export const vpcConditionOnPublic: Rule = {
  id: 'vpc-condition-on-public',
  level: 'error',
  title: 'a condition on VPC or endpoint in the policy of a public API',
  symptom: '403 for every caller, CORS preflight included; often left over from when the API was private',

  *find(subjects) {
    for (const { id, type, policies } of apisOf(subjects)) {
      if (type === undefined || type === 'PRIVATE' || policies === 'unknown') continue
      const statements = policies.flatMap((policy) => policy.statements)
      const allowing = statements.filter(({ effect }) => effect === 'Allow')
      const refusals = statements.map((statement) => ({ statement, condition: statement.conditions.find(neverHolds(statement)) }))
      const denied = refusals.find(({ statement, condition }) => statement.effect === 'Deny' && condition)
      const unmet = refusals.filter(({ statement, condition }) => statement.effect === 'Allow' && condition)
      const found = denied ?? (unmet.length === allowing.length ? unmet[0] : undefined)
      if (!found?.condition) continue
      yield {
        at: found.condition.place,
        cause: `API \`${id}\` is ${type}: its requests come through no VPC endpoint, so this condition refuses all of them`,
        mend: 'make the API PRIVATE, or take the condition away',
      }
    }
  },
}

/** With the key missing, a permission's condition is false and a denial's negated one true: either way nobody gets in. */
function neverHolds({ effect }: StatementView): (condition: ConditionView) => boolean {
  return ({ key, operator }) =>
    KEYS.has(key) && !/^Null$|IfExists$/i.test(operator) && /Not/i.test(operator) === (effect === 'Deny')
}
