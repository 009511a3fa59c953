import { isMap } from '../../template/value.ts'
import { apisOf, settingOf } from '../apis.ts'
import { apiEndpointsOf } from '../endpoints.ts'
import type { Remark, Rule } from '../finding.ts'
import { type PolicyView, policyView } from '../policy-view.ts'
import { placeIn } from '../subjects.ts'

const RANGES = ['IpRangeWhitelist', 'IpRangeBlacklist']

/** What comes through a VPC endpoint has no `aws:SourceIp`: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html */
export const sourceIpOnPrivate: Rule = {
  id: 'source-ip-on-private',
  level: 'error',
  title: '`aws:SourceIp` where callers come through a VPC endpoint',
  symptom: '403 `… with an explicit deny in a resource-based policy` for everybody, or no address kept out',

  *find(subjects) {
    for (const { id, resource, type, policies, isSam } of apisOf(subjects)) {
      if (type !== 'PRIVATE' || policies === 'unknown') continue
      const lists = RANGES.map((name) => (isSam ? settingOf(resource, 'Auth', 'ResourcePolicy', name) : undefined))
      const written = lists.filter((list) => list !== undefined)
      for (const { place } of written) yield remark(`API \`${id}\` is PRIVATE`, place)
      // Those lists are where the conditions come from.
      if (written.length === 0) for (const policy of policies) yield* inPolicy(`API \`${id}\` is PRIVATE`, policy)
    }
    for (const endpoint of apiEndpointsOf(subjects)) {
      const { PolicyDocument: document } = endpoint.properties
      const policy = isMap(document) ? policyView(document, placeIn(endpoint, 'PolicyDocument')) : undefined
      if (policy) yield* inPolicy(`\`${endpoint.id}\` is a VPC endpoint`, policy)
    }
  },
}

function* inPolicy(subject: string, { statements }: PolicyView): Iterable<Remark> {
  for (const { conditions } of statements)
    for (const { key, place } of conditions) if (key === 'aws:sourceip') yield remark(subject, place)
}

function remark(subject: string, at: Remark['at']): Remark {
  return {
    at,
    cause: `${subject}, and requests through a VPC endpoint have no \`aws:SourceIp\`: a list of allowed addresses refuses everybody, a list of refused ones nobody`,
    mend: 'use `aws:VpcSourceIp`, or name the endpoint with `aws:SourceVpce` (SAM: `IntrinsicVpceWhitelist`, or `CustomStatements`)',
  }
}
