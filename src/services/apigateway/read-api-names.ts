import type { NamedApi } from '#core/net/aws-names.ts'
import type { Records } from '#kit/records.ts'
import { restApis } from './rest-apis.ts'

/** The APIs of every account in the region. */
export function readApiNames({ records }: { readonly records: Records }, region: string): readonly NamedApi[] {
  return records
    .all(restApis)
    .filter(({ scope }) => scope.region === region)
    .map(({ value: { id, endpoint } }) => ({ id, type: endpoint.type, vpcEndpointIds: endpoint.vpcEndpointIds }))
}
