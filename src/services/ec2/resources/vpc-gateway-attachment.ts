import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/ec2-vpc-gateway-attachment.ts'
import { attachInternetGateway, detachInternetGateway, isAttached } from '../internet-gateways.ts'
import type { Ec2 } from '../kinds.ts'

export default resource(schema, {
  honours: ['InternetGatewayId', 'VpcId'],

  create: ({ properties, caller }, ports) => attach(caller, properties, ports),

  update({ properties, caller }, { properties: before }, ports) {
    detach(caller, before, ports)
    return attach(caller, properties, ports)
  },

  delete: ({ properties, caller }, ports) => detach(caller, properties, ports),
})

function attach(scope: Scope, { InternetGatewayId, VpcId }: Properties, ports: Pick<Ec2, 'records'>) {
  if (InternetGatewayId === undefined)
    throw new AwsError('MissingParameter', 'The request must contain the parameter InternetGatewayId')
  attachInternetGateway(scope, InternetGatewayId, VpcId, ports)
  return { ref: `IGW|${VpcId}`, attributes: { AttachmentType: 'IGW' } }
}

function detach(scope: Scope, { InternetGatewayId, VpcId }: Properties, ports: Pick<Ec2, 'records'>): void {
  if (InternetGatewayId !== undefined && isAttached(scope, InternetGatewayId, VpcId, ports))
    detachInternetGateway(scope, InternetGatewayId, VpcId, ports)
}
