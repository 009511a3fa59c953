import { apisOf, settingOf } from '../apis.ts'
import type { Rule } from '../finding.ts'
import { followsHash } from '../hashed.ts'

/** `Policy` of a SAM API goes to the API beside its document, and only the document decides whether there is a new deployment. */
export const policyNotInDeployment: Rule = {
  id: 'policy-not-in-deployment',
  level: 'warning',
  title: 'a `Policy` whose changes are not deployed',
  symptom: 'a successful update after which the old policy still decides',

  *find(subjects) {
    for (const api of apisOf(subjects)) {
      const setting = followsHash(api) ? settingOf(api.resource, 'Policy') : undefined
      if (!setting) continue
      yield {
        at: setting.place,
        cause: `a change of \`Policy\` updates API \`${api.id}\` and deploys nothing: the id of its deployment is a hash that \`Policy\` is not in`,
        mend: 'write the statements into `Auth.ResourcePolicy.CustomStatements`, which is in the hash, or set `AlwaysDeploy: true`',
      }
    }
  },
}
