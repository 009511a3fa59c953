import { describe, expect, it } from 'vitest'
import { formatAddress } from '#core/net/cidr.ts'
import { exports, stackResources } from '#kit/stacks.ts'
import { memoryRecords } from '#kit/testing/memory-records.ts'
import { type Kind, NETWORK_INTERFACE, SECURITY_GROUP, SUBNET, VPC } from '#services/ec2/kinds.ts'
import { standAt, type Wanted } from './stand.ts'

const scope = { account: '111111111111', region: 'eu-central-1' }
const elsewhere = { ...scope, account: '222222222222' }
const records = memoryRecords()
/** Only what is looked at here. */
const put = (kind: Kind<never>, id: string, value: object, at = scope) =>
  records.put(kind.table, at, id, { id, tags: [], ...value } as never)
const named = (Value: string) => ({ tags: [{ Key: 'Name', Value }] })

put(VPC as Kind<never>, 'vpc-1', named('shop'))
put(VPC as Kind<never>, 'vpc-2', named('twin'))
put(VPC as Kind<never>, 'vpc-3', named('twin'))
put(VPC as Kind<never>, 'vpc-9', {}, elsewhere)
put(SUBNET as Kind<never>, 'subnet-b', { vpcId: 'vpc-1', cidrBlock: '10.0.2.0/24', mapPublicIp: true, ...named('b') })
put(SUBNET as Kind<never>, 'subnet-a', { vpcId: 'vpc-1', cidrBlock: '10.0.1.0/28', mapPublicIp: false })
put(SUBNET as Kind<never>, 'subnet-2', { vpcId: 'vpc-2', cidrBlock: '10.2.0.0/28', mapPublicIp: false })
put(SUBNET as Kind<never>, 'subnet-9', { vpcId: 'vpc-9', cidrBlock: '10.9.0.0/28', mapPublicIp: false }, elsewhere)
put(SECURITY_GROUP as Kind<never>, 'sg-default', { vpcId: 'vpc-1', name: 'default' })
put(SECURITY_GROUP as Kind<never>, 'sg-client', { vpcId: 'vpc-1', name: 'clients' })
put(SECURITY_GROUP as Kind<never>, 'sg-2', { vpcId: 'vpc-2', name: 'default' })
put(SECURITY_GROUP as Kind<never>, 'sg-9', { vpcId: 'vpc-9', name: 'default' }, elsewhere)
put(NETWORK_INTERFACE as Kind<never>, 'eni-1', { subnetId: 'subnet-a', address: '10.0.1.14' })
records.put(stackResources, scope, 's/Network', { logicalId: 'Network', current: { id: 'vpc-1' } } as never)
records.put(exports, scope, 'shop-vpc', { name: 'shop-vpc', value: 'vpc-1', stackId: 's', stackName: 's' })

const shown = (wanted: Wanted, taken?: ReadonlySet<number>) => {
  const vantage = standAt(records, scope, wanted, taken)
  if (vantage.kind !== 'subnet') return vantage.kind
  return `${vantage.subnetId} ${formatAddress(vantage.address)} ${vantage.groupIds.join(' ')}${vantage.public ? ' public' : ''}`
}

describe('where somebody stands', () => {
  it.each<[string, Wanted, string]>([
    ['on the internet', { internet: true }, 'internet'],
    ['in a VPC by its id: its first subnet, its default group', { vpc: 'vpc-1' }, 'subnet-a 10.0.1.13 sg-default'],
    ['by its name', { vpc: 'shop' }, 'subnet-a 10.0.1.13 sg-default'],
    ['by its logical id', { vpc: 'Network' }, 'subnet-a 10.0.1.13 sg-default'],
    ['by an export', { vpc: 'shop-vpc' }, 'subnet-a 10.0.1.13 sg-default'],
    ['in a subnet by its name', { vpc: 'vpc-1', subnet: 'b' }, 'subnet-b 10.0.2.254 sg-default public'],
    [
      'with groups by id and by name',
      { vpc: 'vpc-1', securityGroups: ['sg-default', 'clients'] },
      'subnet-a 10.0.1.13 sg-default sg-client',
    ],
    ['in a VPC of another account by its id', { vpc: 'vpc-9' }, 'subnet-9 10.9.0.14 sg-9'],
  ])('%s', (_where, wanted, expected) => {
    expect(shown(wanted)).toBe(expected)
  })

  it('is where nobody else stands', () => {
    const [first] = [standAt(records, scope, { vpc: 'vpc-1' })]
    expect(shown({ vpc: 'vpc-1' }, new Set(first?.kind === 'subnet' ? [first.address] : []))).toBe(
      'subnet-a 10.0.1.12 sg-default',
    )
    const all = new Set(Array.from({ length: 16 }, (_, index) => 10 * 2 ** 24 + 256 + index))
    expect(() => shown({ vpc: 'vpc-1' }, all)).toThrow('`subnet-a` has no address left')
  })

  it.each<[string, Wanted, string]>([
    [
      'nothing of that name',
      { vpc: 'x' },
      'account 111111111111 has no VPC `x` in eu-central-1; it has `vpc-1` `shop`, `vpc-2` `twin`',
    ],
    ['several of that name', { vpc: 'twin' }, '`twin` is the name of several: `vpc-2`, `vpc-3`'],
    ['a subnet of another VPC', { vpc: 'vpc-1', subnet: 'subnet-2' }, '`subnet-2` is in `vpc-2`, not in `vpc-1`'],
    ['a group of another VPC', { vpc: 'vpc-1', securityGroups: ['sg-2'] }, '`sg-2` is in `vpc-2`, not in `vpc-1`'],
    ['a VPC without subnets', { vpc: 'vpc-3' }, '`vpc-3` has no subnet'],
  ])('cannot be %s', (_what, wanted, text) => {
    expect(() => shown(wanted)).toThrow(text)
  })
})
