import { apisOf } from '../apis.ts'
import type { Rule } from '../finding.ts'
import type { StatementView } from '../policy-view.ts'

/** The names of private APIs are no secret, and every account has VPC endpoints: only a policy keeps their owners out. */
export const openToEveryEndpoint: Rule = {
  id: 'open-to-every-endpoint',
  level: 'warning',
  title: 'a private API that every VPC endpoint of the region may call',
  symptom: 'none: it works, for anybody with a VPC endpoint in any account',

  *find(subjects) {
    for (const { id, type, policies, methods } of apisOf(subjects)) {
      if (type !== 'PRIVATE' || policies === 'unknown') continue
      const statements = policies.flatMap((policy) => policy.statements)
      const open = statements.find(
        ({ effect, principals, conditions }) => effect === 'Allow' && principals === '*' && conditions.length === 0,
      )
      if (!open || statements.some(narrows)) continue
      const asks = methods !== undefined && methods.length > 0 && methods.every(({ authorization }) => authorization !== 'NONE')
      if (asks) continue
      yield {
        at: open.place,
        cause: `the policy of API \`${id}\` allows everybody without a condition: any VPC endpoint of the region may call it, those of other accounts too`,
        mend: 'add a condition on `aws:SourceVpce` or `aws:SourceVpc`, or a denial of all others (SAM: `IntrinsicVpceWhitelist`)',
      }
    }
  },
}

/** A denial under a condition, whatever it asks, says that not everybody is meant. */
function narrows({ effect, conditions }: StatementView): boolean {
  return effect === 'Deny' && conditions.length > 0
}
