import { AwsError } from '#core/aws/aws-error.ts'

/** The members that the operations and the template's type share. */
interface WrittenRoute {
  readonly DestinationCidrBlock?: string | undefined
  readonly DestinationIpv6CidrBlock?: string | undefined
  readonly GatewayId?: string | undefined
  readonly NatGatewayId?: string | undefined
  readonly VpcPeeringConnectionId?: string | undefined
}

export function destinationOf({ DestinationCidrBlock, DestinationIpv6CidrBlock }: WrittenRoute): string {
  const destination = DestinationCidrBlock ?? DestinationIpv6CidrBlock
  if (destination !== undefined) return destination
  throw new AwsError(
    'MissingParameter',
    'The request must contain the parameter destinationCidrBlock or destinationIpv6CidrBlock',
  )
}

/** The id of what the route leads to: exactly one of the kinds that there are. unverified: AWS's words for none and for several. */
export function targetOf({ GatewayId, NatGatewayId, VpcPeeringConnectionId }: WrittenRoute): string {
  const [target, ...more] = [GatewayId, NatGatewayId, VpcPeeringConnectionId].filter((id) => id !== undefined)
  if (target === undefined)
    throw new AwsError(
      'MissingParameter',
      'The request must contain the parameter gatewayId, natGatewayId or vpcPeeringConnectionId',
    )
  if (more.length > 0) throw new AwsError('InvalidParameterCombination', 'A route has one target.')
  return target
}

/** What AWS has besides, and Postern has not: refused by name, lest a route be missed that was asked for. */
const OTHERS = [
  'CarrierGatewayId',
  'CoreNetworkArn',
  'DestinationPrefixListId',
  'EgressOnlyInternetGatewayId',
  'InstanceId',
  'LocalGatewayId',
  'NetworkInterfaceId',
  'OdbNetworkArn',
  'TransitGatewayId',
  'VpcEndpointId',
] as const

export function checkMembers(input: { readonly [Name in (typeof OTHERS)[number]]?: string | undefined }): void {
  const given = OTHERS.find((name) => input[name] !== undefined)
  if (given) throw new AwsError('UnsupportedOperation', `\`${given}\` of routes is not supported`)
}
