import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { firstFreeAddress, parseAddress } from '#core/net/cidr.ts'
import { type Ec2, ELASTIC_ADDRESS, find, listAll, NAT_GATEWAY, newId, remove, save } from './kinds.ts'
import type { ElasticAddress, NatGateway } from './records.ts'
import type { Tag } from './tags.ts'

/** TEST-NET-1, which is set aside for documentation (RFC 5737): an address that is given out can be nobody's. */
const POOL = { base: parseAddress('192.0.2.0') ?? 0, prefix: 24 }

/** No two accounts have the same address, in whatever region. */
export function allocateAddress(scope: Scope, tags: readonly Tag[], ports: Ec2): ElasticAddress {
  const taken = new Set(ports.records.all(ELASTIC_ADDRESS.table).map(({ value }) => value.publicIp))
  const publicIp = firstFreeAddress(POOL, taken)
  if (publicIp === undefined) throw new AwsError('AddressLimitExceeded', 'The maximum number of addresses has been reached.')
  return save(ELASTIC_ADDRESS, scope, { id: newId(ports.ids, ELASTIC_ADDRESS.prefix), publicIp, tags }, ports)
}

/** What an address belongs to is let go of first: AWS takes it for somebody else's until then. */
export function releaseAddress(scope: Scope, id: string, ports: Pick<Ec2, 'records'>): void {
  find(ELASTIC_ADDRESS, scope, id, ports)
  if (holderOf(scope, id, ports))
    throw new AwsError('AuthFailure', 'You do not have permission to access the specified resource.')
  remove(ELASTIC_ADDRESS, scope, id, ports)
}

/** The NAT gateway that has the address. */
export function holderOf(scope: Scope, id: string, ports: Pick<Ec2, 'records'>): NatGateway | undefined {
  return listAll(NAT_GATEWAY, scope, ports).find(({ state, elastic }) => state === 'available' && elastic?.allocationId === id)
}

export function addressWithIp(scope: Scope, publicIp: string, ports: Pick<Ec2, 'records'>): ElasticAddress {
  const found = listAll(ELASTIC_ADDRESS, scope, ports).find((address) => address.publicIp === publicIp)
  if (!found) throw new AwsError('InvalidAddress.NotFound', `Address '${publicIp}' not found.`)
  return found
}
