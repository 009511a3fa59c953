import type { Network, NetworkInterface, Subnet } from './network.ts'
import { holds } from './rule-fits.ts'

/** VPCs may use the same addresses, so an address alone names no interface. */
export function interfaceAt({ interfaces, subnets }: Network, vpcId: string, address: number): NetworkInterface | undefined {
  return interfaces.find((one) => one.address === address && subnets.get(one.subnetId)?.vpcId === vpcId)
}

export function subnetAt({ subnets }: Network, vpcId: string, address: number): Subnet | undefined {
  return [...subnets.values()].find((one) => one.vpcId === vpcId && holds(one.cidr, address))
}

/** Ids inside a network lead somewhere: whoever made the picture saw to that. */
export function the<T>(things: ReadonlyMap<string, T>, id: string): T {
  const thing = things.get(id)
  if (!thing) throw new Error(`the network has no ${id}`)
  return thing
}
