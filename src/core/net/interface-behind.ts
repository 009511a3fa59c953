import type { Network, NetworkInterface, Vantage } from './network.ts'
import { scopeOf } from './surface-scope.ts'

/** Whose interface an address is, to somebody at the vantage: in their own VPC, or in one that is peered with it. */
export function interfaceBehind(network: Network, vantage: Vantage, address: number): NetworkInterface | undefined {
  return scopeOf(network, vantage).interfaces.find((one) => one.address === address)
}
