import { AwsError } from '#core/aws/aws-error.ts'
import type { EndpointType, IpAddressType } from '#services/models/apigateway.ts'
import { badRequest } from './refusals.ts'

/** How an API may be reached. AWS keeps a list of types; an API has exactly one. */
export interface EndpointConfiguration {
  readonly type: EndpointType
  readonly ipAddressType: IpAddressType
  readonly vpcEndpointIds: readonly string[]
}

/** As callers and templates write it: nothing has been checked. */
export interface WantedEndpoint {
  readonly types?: readonly string[] | undefined
  readonly ipAddressType?: string | undefined
  readonly vpcEndpointIds?: readonly string[] | undefined
}

const TYPES: readonly string[] = ['PRIVATE', 'EDGE', 'REGIONAL']
const IP_ADDRESS_TYPES: readonly string[] = ['ipv4', 'dualstack']

/** Refuses values outside AWS's enumerations: CreateRestApi says so before it looks at anything else. */
export function checkEndpointEnums({ types, ipAddressType }: WantedEndpoint): void {
  const found: string[] = []
  if (types?.some((type) => !TYPES.includes(type)))
    found.push(
      `Value '[${types.join(', ')}]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${TYPES.join(', ')}]]`,
    )
  if (ipAddressType !== undefined && !IP_ADDRESS_TYPES.includes(ipAddressType))
    found.push(
      `Value '${ipAddressType}' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy constraint: Member must satisfy enum value set: [${IP_ADDRESS_TYPES.join(', ')}]`,
    )
  if (found.length > 0)
    throw new AwsError(
      'ValidationException',
      `${found.length} validation error${found.length > 1 ? 's' : ''} detected: ${found.join('; ')}`,
      { status: 400 },
    )
}

/** The configuration of a new API: EDGE unless said otherwise, `dualstack` for private APIs and `ipv4` for the others. */
export function endpointConfiguration(wanted: WantedEndpoint = {}): EndpointConfiguration {
  checkEndpointEnums(wanted)
  const types = wanted.types ?? ['EDGE']
  if (types.length > 1) throw badRequest('Cannot create an api with multiple Endpoint Types.')
  const type = oneType(types)
  return checkedEndpoint({
    type,
    ipAddressType: (wanted.ipAddressType as IpAddressType | undefined) ?? defaultIpAddressType(type),
    vpcEndpointIds: wanted.vpcEndpointIds ?? [],
  })
}

/**
 * The configuration after a change of an existing API. The address type follows the type when that changes and nobody set it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-api-migration.html
 */
export function changedEndpoint(before: EndpointConfiguration, wanted: WantedEndpoint): EndpointConfiguration {
  const { types = [before.type] } = wanted
  if (types.some((type) => !TYPES.includes(type)))
    throw badRequest('Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE')
  if (wanted.ipAddressType !== undefined && !IP_ADDRESS_TYPES.includes(wanted.ipAddressType))
    throw badRequest('ipAddressType must be either ipv4 or dualstack.')
  // unverified: the words of an update that would leave two types.
  if (types.length > 1) throw badRequest('Cannot create an api with multiple Endpoint Types.')
  const type = oneType(types)
  // unverified: the words. The documentation only says that the way leads through REGIONAL.
  if (before.type === 'PRIVATE' && type === 'EDGE') throw badRequest('Cannot change a PRIVATE api to an EDGE api.')
  const ipAddressType = wanted.ipAddressType ?? (type === before.type ? before.ipAddressType : defaultIpAddressType(type))
  return checkedEndpoint({
    type,
    ipAddressType: ipAddressType as IpAddressType,
    vpcEndpointIds: wanted.vpcEndpointIds ?? before.vpcEndpointIds,
  })
}

function oneType(types: readonly string[]): EndpointType {
  const [type] = types
  if (!type) throw badRequest('REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.')
  return type as EndpointType
}

function checkedEndpoint(endpoint: EndpointConfiguration): EndpointConfiguration {
  if (endpoint.type === 'PRIVATE' && endpoint.ipAddressType === 'ipv4')
    throw badRequest('Only dualstack ipAddressType is supported for Private APIs.')
  if (endpoint.type !== 'PRIVATE' && endpoint.vpcEndpointIds.length > 0)
    throw badRequest('VPCEndpoints can only be specified with PRIVATE apis.')
  return endpoint
}

const defaultIpAddressType = (type: EndpointType): IpAddressType => (type === 'PRIVATE' ? 'dualstack' : 'ipv4')

export function describeEndpoint({ type, ipAddressType, vpcEndpointIds }: EndpointConfiguration) {
  return { types: [type], ipAddressType, ...(vpcEndpointIds.length > 0 && { vpcEndpointIds }) }
}
