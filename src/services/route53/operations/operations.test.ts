import { beforeEach, describe, expect, it } from 'vitest'
import type { Ports } from '#kit/ports.ts'
import { fakeCaller } from '#kit/testing/fake-request.ts'
import { change, route53World, STRANGERS_VPC, scope, stranger, VPC } from '../testing/route53-world.ts'
import associateVpc from './associate-vpc-with-hosted-zone.ts'
import changeRecords from './change-resource-record-sets.ts'
import changeTags from './change-tags-for-resource.ts'
import createZone from './create-hosted-zone.ts'
import authorizeVpc from './create-vpc-association-authorization.ts'
import getChange from './get-change.ts'
import getZone from './get-hosted-zone.ts'
import listZones from './list-hosted-zones.ts'
import listByName from './list-hosted-zones-by-name.ts'
import listByVpc from './list-hosted-zones-by-vpc.ts'
import listRecords from './list-resource-record-sets.ts'
import listTags from './list-tags-for-resource.ts'
import testAnswer from './test-dns-answer.ts'

const caller = fakeCaller({ account: scope.account })
let ports: Ports
beforeEach(() => {
  ports = route53World()
})

const zone = async (Name: string, more: Partial<Parameters<typeof createZone.run>[0]> = {}) => {
  const made = await createZone.run({ Name, CallerReference: `${Name} ${ports.ids.hex(8)}`, ...more }, caller, ports)
  return { ...made, id: made.HostedZone.Id.replace('/hostedzone/', '') }
}

describe('CreateHostedZone', () => {
  it('answers the zone, its change and its delegation', async () => {
    const { id, HostedZone, ChangeInfo, DelegationSet, Location } = await zone('example.com')
    expect(id).toMatch(/^Z[A-Z0-9]{20}$/)
    expect(HostedZone).toMatchObject({ Name: 'example.com.', Config: { PrivateZone: false }, ResourceRecordSetCount: 2 })
    expect(ChangeInfo.Status).toBe('PENDING')
    expect(await getChange.run({ Id: ChangeInfo.Id }, caller, ports)).toEqual({ ChangeInfo: { ...ChangeInfo, Status: 'INSYNC' } })
    expect(Location).toBe(`https://route53.amazonaws.com/2013-04-01/hostedzone/${id}`)
    expect(await getZone.run({ Id: id }, caller, ports)).toEqual({ HostedZone, DelegationSet })
  })

  it('answers a private zone with its VPC and no delegation', async () => {
    const made = await zone('example.com', { VPC, HostedZoneConfig: { Comment: 'ours', PrivateZone: true } })
    expect(made).toMatchObject({ VPC, DelegationSet: undefined, HostedZone: { Config: { Comment: 'ours', PrivateZone: true } } })
    expect(await getZone.run({ Id: made.id }, caller, ports)).toMatchObject({ VPCs: [VPC], DelegationSet: undefined })
  })
})

/** Follows the pages of a list to its end. */
async function pages<T>(page: (from: T | undefined) => Promise<{ names: readonly string[]; next: T | undefined }>) {
  const found: (readonly string[])[] = []
  let from: T | undefined
  do {
    const { names, next } = await page(from)
    found.push(names)
    from = next
  } while (from !== undefined)
  return found
}

describe('lists', () => {
  it('of zones come by id in pages', async () => {
    const ids = [await zone('a.com'), await zone('b.com'), await zone('c.com')].map(({ id }) => id).sort()
    const found = await pages<string>(async (Marker) => {
      const { HostedZones, NextMarker } = await listZones.run({ Marker, MaxItems: '2' }, caller, ports)
      return { names: HostedZones.map(({ Id }) => Id.replace('/hostedzone/', '')), next: NextMarker }
    })
    expect(found).toEqual([ids.slice(0, 2), ids.slice(2)])
  })

  it('of zones by name come by their labels from the last on, from a name on', async () => {
    for (const name of ['z.example.com', 'example.org', 'example.com', 'a.example.org']) await zone(name)
    const found = await pages<{ DNSName?: string | undefined; HostedZoneId?: string | undefined }>(async (from = {}) => {
      const page = await listByName.run({ ...from, MaxItems: '3' }, caller, ports)
      const next = page.IsTruncated ? { DNSName: page.NextDNSName, HostedZoneId: page.NextHostedZoneId } : undefined
      return { names: page.HostedZones.map(({ Name }) => Name), next }
    })
    expect(found).toEqual([['example.com.', 'z.example.com.', 'example.org.'], ['a.example.org.']])
    const { HostedZones, DNSName } = await listByName.run({ DNSName: 'example.org' }, caller, ports)
    expect([DNSName, ...HostedZones.map(({ Name }) => Name)]).toEqual(['example.org', 'example.org.', 'a.example.org.'])
  })

  it("of a VPC's zones name those of other accounts", async () => {
    const { id } = await zone('example.com', { VPC })
    await authorizeVpc.run({ HostedZoneId: id, VPC: STRANGERS_VPC }, caller, ports)
    const other = fakeCaller({ account: stranger.account })
    await associateVpc.run({ HostedZoneId: id, VPC: STRANGERS_VPC }, other, ports)
    expect(await listByVpc.run(STRANGERS_VPC, other, ports)).toEqual({
      HostedZoneSummaries: [{ HostedZoneId: id, Name: 'example.com.', Owner: { OwningAccount: scope.account } }],
      MaxItems: '100',
    })
  })

  it('of record sets begin at a name and type', async () => {
    const { id } = await zone('example.com')
    const Changes = ['b', 'a', '*'].map((name) => change('CREATE', `${name}.example.com`, 'A', '192.0.2.1'))
    await changeRecords.run({ HostedZoneId: id, ChangeBatch: { Changes } }, caller, ports)
    const found = await pages<{ StartRecordName?: string | undefined; StartRecordType?: 'A' | undefined }>(async (from = {}) => {
      const page = await listRecords.run({ HostedZoneId: id, ...from, MaxItems: '2' }, caller, ports)
      const next = { StartRecordName: page.NextRecordName, StartRecordType: page.NextRecordType as 'A' }
      return {
        names: page.ResourceRecordSets.map(({ Name, Type }) => `${Type} ${Name}`),
        next: page.IsTruncated ? next : undefined,
      }
    })
    expect(found).toEqual([
      ['NS example.com.', 'SOA example.com.'],
      ['A \\052.example.com.', 'A a.example.com.'],
      ['A b.example.com.'],
    ])
    const { ResourceRecordSets } = await listRecords.run({ HostedZoneId: id, StartRecordName: 'aa.example.com' }, caller, ports)
    expect(ResourceRecordSets.map(({ Name }) => Name)).toEqual(['b.example.com.'])
  })

  it.each(['0', '-1', 'x', '1.5'])('refuse pages of %s', async (MaxItems) => {
    expect(() => listZones.run({ MaxItems }, caller, ports)).toThrow(`Invalid value '${MaxItems}' for maxitems`)
  })
})

describe('tags', () => {
  it('come and go', async () => {
    const { id } = await zone('example.com')
    const at = { ResourceType: 'hostedzone', ResourceId: id } as const
    await changeTags.run(
      {
        ...at,
        AddTags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      },
      caller,
      ports,
    )
    await changeTags.run({ ...at, AddTags: [{ Key: 'b', Value: '3' }], RemoveTagKeys: ['a'] }, caller, ports)
    expect(await listTags.run(at, caller, ports)).toEqual({ ResourceTagSet: { ...at, Tags: [{ Key: 'b', Value: '3' }] } })
  })
})

describe('TestDNSAnswer', () => {
  it.each([
    ['a name', 'a.example.com', 'A', 'NOERROR', ['192.0.2.1']],
    ['another type', 'a.example.com', 'AAAA', 'NOERROR', []],
    ['a wildcard', 'x.y.example.com', 'TXT', 'NOERROR', ['"any"']],
    ['another name for it', 'c.example.com', 'A', 'NOERROR', ['a.example.com']],
    ['no name', 'x.a.example.com', 'A', 'NXDOMAIN', []],
  ] as const)('answers %s', async (_what, RecordName, RecordType, ResponseCode, RecordData) => {
    const { id } = await zone('example.com')
    const names = [
      change('CREATE', 'a.example.com', 'A', '192.0.2.1'),
      change('CREATE', 'c.example.com', 'CNAME', 'a.example.com'),
    ]
    const Changes = [...names, change('CREATE', '*.example.com', 'TXT', '"any"')]
    await changeRecords.run({ HostedZoneId: id, ChangeBatch: { Changes } }, caller, ports)
    expect(await testAnswer.run({ HostedZoneId: id, RecordName, RecordType }, caller, ports)).toMatchObject({
      ResponseCode,
      RecordData,
    })
  })
})
