import { apisOf, settingOf } from '../apis.ts'
import type { Rule } from '../finding.ts'
import { placeIn } from '../subjects.ts'

export const endpointsOfPublicApi: Rule = {
  id: 'endpoints-of-public-api',
  level: 'error',
  title: 'VPC endpoints of an API that is not private',
  symptom: 'the stack rolls back: `VPCEndpoints can only be specified with PRIVATE apis.`',

  *find(subjects) {
    for (const { id, resource, type, endpointIds, isSam } of apisOf(subjects)) {
      if (type === undefined || type === 'PRIVATE' || endpointIds.length === 0) continue
      const written = ['VPCEndpointIds', 'VpcEndpointIds'].map(
        (name) => isSam && settingOf(resource, 'EndpointConfiguration', name),
      )
      const setting = written.find((one) => one !== undefined && one !== false)
      yield {
        at: setting?.place || placeIn(resource, 'EndpointConfiguration', 'VpcEndpointIds'),
        cause: `API \`${id}\` is ${type} and lists VPC endpoints, which only a PRIVATE API may`,
        mend: setting?.place.path.startsWith('Globals')
          ? `write them into the private APIs: \`Globals\` gives them to \`${id}\` as well`
          : 'make the API PRIVATE, or take the endpoint ids away in the same change that makes it public',
      }
    }
  },
}
