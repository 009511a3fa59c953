import { apisOf } from '../apis.ts'
import { apiEndpointsOf } from '../endpoints.ts'
import type { Rule } from '../finding.ts'
import { placeIn } from '../subjects.ts'
import { isTrue } from '../text-of.ts'

/** Private DNS answers for every API Gateway name of the region, and an endpoint leads to private APIs only. */
export const privateDnsOverPublicApis: Rule = {
  id: 'private-dns-over-public-apis',
  level: 'note',
  title: 'private DNS, which takes every public API of the region from the VPC',
  symptom: '403 `{"message":"Forbidden"}` inside the VPC from an API that works on a laptop',

  *find(subjects) {
    const open = apisOf(subjects).filter(({ type }) => type === 'REGIONAL' || type === 'EDGE')
    const others = subjects.ofType('AWS::ApiGatewayV2::Api')
    const names = [...open.map(({ id }) => id), ...others.map(({ id }) => id)].map((id) => `\`${id}\``)
    if (names.length === 0) return
    for (const endpoint of apiEndpointsOf(subjects)) {
      if (!isTrue(endpoint.properties['PrivateDnsEnabled'])) continue
      yield {
        at: placeIn(endpoint, 'PrivateDnsEnabled'),
        cause: `inside the VPC of \`${endpoint.id}\` the names of public APIs lead to this endpoint as well, which refuses them: ${names.join(', ')} among them`,
        mend: 'give public APIs that are called from the VPC a custom domain name, or switch private DNS off and call private APIs by their alias',
      }
    }
  },
}
