import { parseAddress } from './cidr.ts'
import type { Network, Vantage, Vpc } from './network.ts'
import { the } from './places.ts'
import {
  AWS_API_ADDRESS,
  DYNAMODB_ADDRESS,
  EDGE_FRONT_END,
  INTERNET_CLIENT,
  PUBLIC_RESOLVER,
  REGIONAL_FRONT_END,
  S3_ADDRESS,
} from './public-addresses.ts'
import { resolverAddressesOf } from './resolver-address.ts'
import { type Opening, type Surface, surfaceOf } from './surface.ts'

/** A vantage as a machine that stands there finds it. */
export interface Standpoint {
  readonly surface: Surface
  /** Whom it asks for names, in order. */
  readonly resolvers: readonly number[]
  /** The domain that names without dots are looked for in. */
  readonly search?: string
}

export function standpointOf(network: Network, vantage: Vantage): Standpoint {
  const own = vantage.kind === 'internet' ? addressOf(INTERNET_CLIENT) : vantage.address
  const surface = surfaceOf(network, vantage, own, PLAYED)
  if (vantage.kind !== 'subnet') return { surface, resolvers: [addressOf(PUBLIC_RESOLVER)] }
  const vpc = the(network.vpcs, the(network.subnets, vantage.subnetId).vpcId)
  return { surface, resolvers: resolversOf(vpc), search: internalDomain(network.region) }
}

/** Those of its DHCP options, else the VPC's own. */
function resolversOf(vpc: Vpc): readonly number[] {
  return vpc.nameServers ?? resolverAddressesOf(vpc).slice(0, 1)
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html: `domain-name` with `AmazonProvidedDNS`. */
function internalDomain(region: string): string {
  return region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`
}

/** All that answers on the internet as Postern plays it. */
const PLAYED: readonly Opening[] = [
  ...[AWS_API_ADDRESS, S3_ADDRESS, DYNAMODB_ADDRESS, REGIONAL_FRONT_END, EDGE_FRONT_END].map((at) => ({
    address: addressOf(at),
    port: 443,
    protocol: 'tcp' as const,
  })),
  ...(['tcp', 'udp'] as const).map((protocol) => ({ address: addressOf(PUBLIC_RESOLVER), port: 53, protocol })),
]

function addressOf(text: string): number {
  const address = parseAddress(text)
  if (address === undefined) throw new Error(`${text} is no address`)
  return address
}
