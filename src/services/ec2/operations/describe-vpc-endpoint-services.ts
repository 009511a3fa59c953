import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import type { ServiceDetail } from '#services/models/ec2.ts'
import { DescribeVpcEndpointServices } from '#services/models/ec2.ts'
import { described, type Filters } from '../describe.ts'
import { endpointServicesOf } from '../endpoint-services.ts'

export default operation(DescribeVpcEndpointServices, {
  authorize: () => ({ action: 'ec2:DescribeVpcEndpointServices', resource: '*' }),

  run({ ServiceNames = [], ...input }, { region }, _ports) {
    const all = endpointServicesOf(region).map(
      (service): ServiceDetail => ({
        ServiceName: service.name,
        ServiceType: service.types.map((ServiceType) => ({ ServiceType })),
        ServiceRegion: region,
        AvailabilityZones: service.zones,
        Owner: 'amazon',
        PrivateDnsName: service.privateDnsNames[0],
        PrivateDnsNames: service.privateDnsNames.map((PrivateDnsName) => ({ PrivateDnsName })),
        VpcEndpointPolicySupported: true,
        AcceptanceRequired: false,
        ManagesVpcEndpoints: false,
        Tags: [],
      }),
    )
    const unknown = ServiceNames.find((name) => all.every(({ ServiceName }) => ServiceName !== name))
    if (unknown !== undefined) throw new AwsError('InvalidServiceName', `The Vpc Endpoint Service '${unknown}' does not exist`)
    const named = ServiceNames.length > 0 ? all.filter(({ ServiceName = '' }) => ServiceNames.includes(ServiceName)) : all
    const { page, ...next } = described(named, input, filters, ({ ServiceName }) => ServiceName)
    return { ServiceDetails: page, ServiceNames: page.map(({ ServiceName = '' }) => ServiceName), ...next }
  },
})

const filters: Filters<ServiceDetail> = {
  owner: ({ Owner }) => Owner,
  'service-name': ({ ServiceName }) => ServiceName,
  'service-region': ({ ServiceRegion }) => ServiceRegion,
  'service-type': ({ ServiceType = [] }) => ServiceType.map((one) => one.ServiceType),
}
