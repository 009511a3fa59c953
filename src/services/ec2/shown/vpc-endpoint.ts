import type { Scope } from '#core/aws/scope.ts'
import type * as Model from '#services/models/ec2.ts'
import { dnsEntriesOf } from '../endpoint-dns.ts'
import { interfacesOf } from '../endpoint-entrance.ts'
import { FULL_ACCESS } from '../endpoint-policy.ts'
import { type Ec2, SECURITY_GROUP } from '../kinds.ts'
import type { VpcEndpoint } from '../records.ts'

export function shownEndpoint(scope: Scope, endpoint: VpcEndpoint, ports: Pick<Ec2, 'records'>): Model.VpcEndpoint {
  const isInterface = endpoint.type === 'Interface'
  const zones = interfacesOf(scope, endpoint, ports).map(({ zone }) => zone)
  return {
    VpcEndpointId: endpoint.id,
    VpcEndpointType: endpoint.type,
    VpcId: endpoint.vpcId,
    ServiceName: endpoint.serviceName,
    ServiceRegion: scope.region,
    // The model's enum begins with a capital; the answers never did.
    State: endpoint.state as 'Available',
    PolicyDocument: endpoint.policy?.text ?? FULL_ACCESS,
    RouteTableIds: endpoint.routeTableIds,
    SubnetIds: endpoint.subnetIds,
    Groups: groupNames(scope, endpoint.groupIds, ports),
    ...(isInterface && { IpAddressType: 'ipv4', DnsOptions: { DnsRecordIpType: 'ipv4' } }),
    PrivateDnsEnabled: endpoint.privateDnsEnabled,
    RequesterManaged: false,
    NetworkInterfaceIds: endpoint.interfaceIds,
    DnsEntries: dnsEntriesOf(endpoint, scope.region, zones),
    CreationTimestamp: new Date(endpoint.createdAt),
    Tags: [...endpoint.tags, ...urlTag(endpoint)],
    OwnerId: scope.account,
  }
}

/** Where this machine answers for the endpoint. AWS has no such thing, so it stands where AWS lets one write anything: among the tags. */
function urlTag({ port }: VpcEndpoint) {
  return port === undefined ? [] : [{ Key: 'postern:url', Value: `http://127.0.0.1:${port}` }]
}

export function groupNames(
  scope: Scope,
  ids: readonly string[],
  { records }: Pick<Ec2, 'records'>,
): readonly Model.SecurityGroupIdentifier[] {
  return ids.map((id) => ({ GroupId: id, GroupName: records.get(SECURITY_GROUP.table, scope, id)?.name }))
}
