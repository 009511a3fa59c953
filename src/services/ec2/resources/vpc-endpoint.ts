import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { type ResourceRequest, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/ec2-vpc-endpoint.ts'
import { dnsEntriesOf } from '../endpoint-dns.ts'
import { interfacesOf } from '../endpoint-entrance.ts'
import { policyFromTemplate } from '../endpoint-policy.ts'
import { type Ec2, VPC_ENDPOINT } from '../kinds.ts'
import type { VpcEndpoint } from '../records.ts'
import { stackTags } from '../tags.ts'
import { changeVpcEndpoint, createVpcEndpoint, deleteVpcEndpoint } from '../vpc-endpoints.ts'

export default resource(schema, {
  honours: [
    'PolicyDocument',
    'PrivateDnsEnabled',
    'RouteTableIds',
    'SecurityGroupIds',
    'ServiceName',
    'SubnetIds',
    'Tags',
    'VpcEndpointType',
    'VpcId',
  ],

  async create(request, ports) {
    const { VpcId, ServiceName } = request.properties
    if (ServiceName === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter ServiceName')
    const type = typeOf(request.properties)
    const wanted = { vpcId: VpcId, serviceName: ServiceName, type, ...changeableOf(request) }
    return stateOf(request.caller, await createVpcEndpoint(request.caller, wanted, ports), ports)
  },

  update(request, { ref }, ports) {
    return stateOf(request.caller, changeVpcEndpoint(request.caller, ref, changeableOf(request), ports), ports)
  },

  async delete({ ref, caller }, ports) {
    if (ports.records.get(VPC_ENDPOINT.table, caller, ref)) await deleteVpcEndpoint(caller, ref, ports)
  },
})

/** Gateway where the template does not say: leaving the type out fails for execute-api, as on AWS. */
function typeOf({ VpcEndpointType = 'Gateway' }: Properties): VpcEndpoint['type'] {
  if (VpcEndpointType === 'Interface' || VpcEndpointType === 'Gateway') return VpcEndpointType
  throw new AwsError(
    'UnsupportedOperation',
    `endpoints of type \`${VpcEndpointType}\` are not supported, only Interface and Gateway`,
  )
}

function changeableOf(request: ResourceRequest<Properties>) {
  const { SubnetIds = [], SecurityGroupIds = [], RouteTableIds = [], PrivateDnsEnabled = false } = request.properties
  const policy = request.written['PolicyDocument']
  return {
    subnetIds: SubnetIds,
    groupIds: SecurityGroupIds,
    routeTableIds: RouteTableIds,
    privateDnsEnabled: PrivateDnsEnabled,
    policy: policy === undefined ? undefined : policyFromTemplate(policy, request.stack.name),
    tags: stackTags(request),
  }
}

function stateOf(scope: Scope, endpoint: VpcEndpoint, ports: Pick<Ec2, 'records'>) {
  const zones = interfacesOf(scope, endpoint, ports).map(({ zone }) => zone)
  return {
    ref: endpoint.id,
    attributes: {
      Id: endpoint.id,
      CreationTimestamp: timestamp(endpoint.createdAt),
      NetworkInterfaceIds: endpoint.interfaceIds,
      DnsEntries: dnsEntriesOf(endpoint, scope.region, zones).map(({ HostedZoneId, DnsName }) => `${HostedZoneId}:${DnsName}`),
    },
  }
}

/** `Fri Sep 28 23:34:36 UTC 2018`, as `Fn::GetAtt` answers it. */
function timestamp(ms: number): string {
  // `Fri, 28 Sep 2018 23:34:36 GMT`
  const [weekday, day, month, year, time] = new Date(ms).toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${day} ${time} UTC ${year}`
}
