import { isMap } from '../../template/value.ts'
import { apisOf, settingOf } from '../apis.ts'
import type { Rule } from '../finding.ts'
import { followsHash, hashedText } from '../hashed.ts'
import { placeIn } from '../subjects.ts'

/** Which endpoints an API is associated with is deployed with it, but not in the hash that decides whether it is deployed. */
export const endpointsNotInDeployment: Rule = {
  id: 'endpoints-not-in-deployment',
  level: 'warning',
  title: 'VPC endpoints whose changes are not deployed',
  symptom: 'a successful update after which the `{api-id}-{vpce-id}` name of the new endpoint does not lead to the API',

  *find(subjects) {
    for (const api of apisOf(subjects)) {
      if (api.type !== 'PRIVATE' || !followsHash(api)) continue
      const text = hashedText(api)
      const written = ['VPCEndpointIds', 'VpcEndpointIds'].map((name) => settingOf(api.resource, 'EndpointConfiguration', name))
      const at =
        written.find((one) => one !== undefined)?.place ?? placeIn(api.resource, 'EndpointConfiguration', 'VpcEndpointIds')
      for (const endpoint of api.endpointIds) {
        // An id that the policy names as well changes the hash when it changes; an export in use does not change.
        if (text.includes(JSON.stringify(endpoint)) || (isMap(endpoint) && 'Fn::ImportValue' in endpoint)) continue
        const id = isMap(endpoint) && typeof endpoint['Ref'] === 'string' ? endpoint['Ref'] : undefined
        const isResource = id !== undefined && api.resource.subject.resources.has(id)
        yield {
          at,
          ...(!isResource && { level: 'note' as const }),
          cause: isResource
            ? `when \`${id}\` is replaced, API \`${api.id}\` is associated with the new endpoint and not deployed`
            : `a change of this alone updates API \`${api.id}\` and deploys nothing`,
          mend: 'name the endpoint in `Auth.ResourcePolicy` too (`IntrinsicVpceWhitelist`), deploy again after such a change, or set `AlwaysDeploy: true`',
        }
        break
      }
    }
  },
}
