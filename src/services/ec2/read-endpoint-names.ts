import type { NamedEndpoint } from '#core/net/aws-names.ts'
import type { Records } from '#kit/records.ts'
import { privateDnsNamesOf } from './endpoint-dns.ts'
import { interfacesOf } from './endpoint-entrance.ts'
import { VPC_ENDPOINT } from './kinds.ts'

/** The interface endpoints of every account in the region that have names: those that are available. */
export function readEndpointNames({ records }: { readonly records: Records }, region: string): readonly NamedEndpoint[] {
  return records
    .all(VPC_ENDPOINT.table)
    .filter(({ scope, value }) => scope.region === region && value.type === 'Interface' && value.state === 'available')
    .map(({ scope, value: endpoint }) => ({
      id: endpoint.id,
      vpcId: endpoint.vpcId,
      service: endpoint.serviceName.slice(`com.amazonaws.${region}.`.length),
      suffix: endpoint.suffix,
      addresses: interfacesOf(scope, endpoint, { records }).map(({ zone, address }) => ({ zone, address })),
      privateNames: endpoint.privateDnsEnabled ? privateDnsNamesOf(endpoint.serviceName, region) : [],
    }))
}
