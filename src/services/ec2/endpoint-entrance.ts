import type { Scope } from '#core/aws/scope.ts'
import type { Entrance } from '#core/gateway/entrance.ts'
import { dnsEntriesOf } from './endpoint-dns.ts'
import { type Ec2, find, NETWORK_INTERFACE } from './kinds.ts'
import type { NetworkInterface, VpcEndpoint } from './records.ts'

/** The endpoint as the gateway sees it. */
export function entranceOf({ account, region }: Scope, endpoint: VpcEndpoint, ports: Pick<Ec2, 'records'>): Entrance {
  const interfaces = interfacesOf({ account, region }, endpoint, ports)
  const names = dnsEntriesOf(
    endpoint,
    region,
    interfaces.map(({ zone }) => zone),
  )
  const { port, policy } = endpoint
  return {
    endpointId: endpoint.id,
    account,
    region,
    vpcId: endpoint.vpcId,
    serviceName: endpoint.serviceName,
    dnsNames: names.map(({ DnsName }) => DnsName),
    privateDnsEnabled: endpoint.privateDnsEnabled,
    addresses: interfaces.map(({ address }) => address),
    ...(port !== undefined && { port }),
    ...(policy && {
      policy: { document: policy.document, sources: policy.sources, ...(policy.stack !== undefined && { stack: policy.stack }) },
    }),
  }
}

/** The endpoint's network interfaces, in the order its subnets were given. */
export function interfacesOf(
  scope: Scope,
  { interfaceIds }: Pick<VpcEndpoint, 'interfaceIds'>,
  ports: Pick<Ec2, 'records'>,
): readonly NetworkInterface[] {
  return interfaceIds.map((id) => find(NETWORK_INTERFACE, scope, id, ports))
}
