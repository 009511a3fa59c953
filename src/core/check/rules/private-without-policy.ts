import { apisOf, settingOf } from '../apis.ts'
import type { Rule } from '../finding.ts'
import { placeIn } from '../subjects.ts'

/** A private API is deployed only with a policy, be it one that allows nobody. A policy that SAM left out is another rule's finding. */
export const privateWithoutPolicy: Rule = {
  id: 'private-without-policy',
  level: 'error',
  title: 'a private API without a resource policy',
  symptom: "the stack rolls back: `Private REST API doesn't have a resource policy attached to it`",

  *find(subjects) {
    for (const { id, resource, type, policies, deployments, isSam } of apisOf(subjects)) {
      if (type !== 'PRIVATE' || policies === 'unknown' || policies.length > 0 || deployments.length === 0) continue
      if (isSam && settingOf(resource, 'Auth', 'ResourcePolicy') !== undefined) continue
      yield {
        at: (isSam && settingOf(resource, 'EndpointConfiguration')?.place) || placeIn(resource, 'EndpointConfiguration'),
        cause: `API \`${id}\` is PRIVATE and has no resource policy, so its deployment is refused`,
        mend: isSam
          ? 'say who may call it in `Auth.ResourcePolicy`, such as `IntrinsicVpceWhitelist: [<endpoint id>]`'
          : 'say who may call it in the property `Policy`',
      }
    }
  },
}
