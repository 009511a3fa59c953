import { positionedAs } from '../../template/position.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'

/** Where an API can be reached: its type, and for a private one the VPC endpoints it is associated with. */
export function endpointConfiguration(id: string, setting: Value): { EndpointConfiguration: ValueMap; Parameters: ValueMap } {
  if (!isMap(setting) || !truthy(setting['Type'])) {
    return { EndpointConfiguration: { Types: [setting] }, Parameters: { endpointConfigurationTypes: setting } }
  }
  const { Type: type, VPCEndpointIds, VpcEndpointIds, IpAddressType } = setting
  if (VPCEndpointIds !== undefined && VpcEndpointIds !== undefined) {
    throw invalidResource(id, "'VPCEndpointIds' and 'VpcEndpointIds' cannot be used together in EndpointConfiguration.")
  }
  const endpointIds = truthy(VPCEndpointIds) ? VPCEndpointIds : VpcEndpointIds
  return {
    EndpointConfiguration: positionedAs(
      {
        Types: [type!],
        ...(endpointIds !== undefined && { VpcEndpointIds: endpointIds }),
        ...(IpAddressType !== undefined && { IpAddressType }),
      },
      setting,
    ),
    Parameters: { endpointConfigurationTypes: type! },
  }
}
