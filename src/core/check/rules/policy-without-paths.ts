import { apisOf, settingOf } from '../apis.ts'
import type { Rule } from '../finding.ts'

/** SAM writes what lists of VPCs, endpoints, accounts and addresses say path by path: where there is no path, nothing is written. */
export const policyWithoutPaths: Rule = {
  id: 'policy-without-paths',
  level: 'error',
  title: 'a SAM resource policy that comes to nothing',
  symptom: "`Private REST API doesn't have a resource policy attached to it`, although the template has one",

  *find(subjects) {
    for (const { id, resource, isSam, policies } of apisOf(subjects)) {
      const setting = isSam ? settingOf(resource, 'Auth', 'ResourcePolicy') : undefined
      if (!setting || policies === 'unknown' || policies.length > 0) continue
      yield {
        at: setting.place,
        cause: `API \`${id}\` has no path when SAM writes its policy, so nothing of this \`ResourcePolicy\` reaches the API`,
        mend: 'give the API its events or paths, or use `CustomStatements`, which SAM writes once for the whole API',
      }
    }
  },
}
