import { describe, expect, it } from 'vitest'
import { createDelegationSet, deleteDelegationSet } from './delegation-sets.ts'
import { createHostedZone, deleteHostedZone, getHostedZone, listHostedZones } from './hosted-zones.ts'
import { changeRecordSets } from './record-sets.ts'
import { change, OTHER_VPC, refusalOf, route53World, STRANGERS_VPC, scope, stranger, VPC } from './testing/route53-world.ts'
import { associateVpc, authorizeVpc, deauthorizeVpc, disassociateVpc, namedVpc, ownVpc } from './vpc-associations.ts'

const publicZone = { name: 'Example.com', callerReference: 'one' }
const privateZone = { ...publicZone, vpc: namedVpc(VPC) }

describe('hosted zones', () => {
  it('begin with four name servers and a start of authority', () => {
    const { name, nameServers, recordSets } = createHostedZone(scope, publicZone, route53World())
    expect(name).toBe('example.com.')
    expect(nameServers).toHaveLength(4)
    for (const [index, domain] of ['com', 'net', 'org', 'co.uk'].entries()) {
      const [, number, group] = /^ns-(\d+)\.awsdns-(\d\d)\.(.*)$/.exec(nameServers[index] ?? '') ?? []
      expect(nameServers[index]).toMatch(new RegExp(`\\.${domain}$`))
      expect(Math.floor((Number(number) - index * 512) / 8)).toBe(Number(group))
    }
    expect(recordSets).toEqual([
      { name: 'example.com.', type: 'NS', ttl: 172800, values: nameServers.map((server) => `${server}.`) },
      {
        name: 'example.com.',
        type: 'SOA',
        ttl: 900,
        values: [`${nameServers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`],
      },
    ])
  })

  it('have the same name servers in every private zone', () => {
    const { nameServers } = createHostedZone(scope, privateZone, route53World())
    expect(nameServers).toEqual([
      'ns-1536.awsdns-00.co.uk',
      'ns-0.awsdns-00.com',
      'ns-1024.awsdns-00.org',
      'ns-512.awsdns-00.net',
    ])
  })

  it('are made once for a caller reference, and any number for a name', () => {
    const ports = route53World()
    createHostedZone(scope, publicZone, ports)
    expect(refusalOf(() => createHostedZone(scope, publicZone, ports))).toBe(
      'HostedZoneAlreadyExists: A hosted zone has already been created with the specified caller reference.',
    )
    createHostedZone(scope, { ...publicZone, callerReference: 'two' }, ports)
    expect(listHostedZones(scope, ports)).toHaveLength(2)
    expect(listHostedZones(stranger, ports)).toEqual([])
  })

  it.each(['exa mple.com', 'example..com', '.'])('are not named `%s`', (name) => {
    expect(refusalOf(() => createHostedZone(scope, { ...publicZone, name }, route53World()))).toContain('InvalidDomainName: ')
  })

  it('are deleted once nothing else is in them', () => {
    const ports = route53World()
    const { id } = createHostedZone(scope, publicZone, ports)
    changeRecordSets(scope, id, [change('CREATE', 'a.example.com', 'A', '192.0.2.1')], ports)
    expect(refusalOf(() => deleteHostedZone(scope, id, ports))).toBe(
      'HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets  and so cannot be deleted.',
    )
    changeRecordSets(scope, id, [change('DELETE', 'a.example.com', 'A', '192.0.2.1')], ports)
    deleteHostedZone(scope, `/hostedzone/${id}`, ports)
    expect(refusalOf(() => getHostedZone(scope, id, ports))).toBe(`NoSuchHostedZone: No hosted zone found with ID: ${id}`)
  })

  it('share the name servers of a delegation set, which stays as long as they do', () => {
    const ports = route53World()
    const set = createDelegationSet(scope, { callerReference: 'set' }, ports)
    const zone = createHostedZone(scope, { ...publicZone, delegationSetId: `/delegationset/${set.id}` }, ports)
    expect(zone.nameServers).toEqual(set.nameServers)
    expect(refusalOf(() => deleteDelegationSet(scope, set.id, ports))).toContain('DelegationSetInUse')
    deleteHostedZone(scope, zone.id, ports)
    deleteDelegationSet(scope, set.id, ports)
    expect(refusalOf(() => deleteDelegationSet(scope, set.id, ports))).toContain('NoSuchDelegationSet')
  })
})

describe('VPCs of private zones', () => {
  it.each([
    ['none', { VPCId: 'vpc-00000009', VPCRegion: 'eu-central-1' } as const],
    ['one in another region', { ...VPC, VPCRegion: 'us-east-1' } as const],
    ["another account's", STRANGERS_VPC],
    ['no id', { VPCId: 'non-existent', VPCRegion: 'eu-central-1' } as const],
    ['no region', { VPCId: VPC.VPCId }],
  ])('are of the account: not %s', (_what, vpc) => {
    expect(refusalOf(() => ownVpc(scope, vpc, route53World()))).toBe('InvalidVPCId: The VPC ID is invalid.')
  })

  it('see one zone of each name', () => {
    const ports = route53World()
    const { id } = createHostedZone(scope, privateZone, ports)
    const said = `ConflictingDomainExists: The VPC ${VPC.VPCId} in region eu-central-1 has already been associated with the hosted zone ${id} with the same domain name.`
    expect(refusalOf(() => createHostedZone(scope, { ...privateZone, callerReference: 'two' }, ports))).toBe(said)
    expect(refusalOf(() => associateVpc(scope, id, VPC, ports))).toBe(said)
  })

  it('come and go, but for the last', () => {
    const ports = route53World()
    const { id } = createHostedZone(scope, privateZone, ports)
    associateVpc(scope, id, OTHER_VPC, ports)
    disassociateVpc(scope, id, VPC, ports)
    expect(getHostedZone(scope, id, ports).vpcs).toEqual([namedVpc(OTHER_VPC)])
    expect(refusalOf(() => disassociateVpc(scope, id, VPC, ports))).toContain('VPCAssociationNotFound')
    expect(refusalOf(() => disassociateVpc(scope, id, OTHER_VPC, ports))).toContain('LastVPCAssociation')
  })

  it('are none of a public zone', () => {
    const ports = route53World()
    const { id } = createHostedZone(scope, publicZone, ports)
    expect(refusalOf(() => associateVpc(scope, id, VPC, ports))).toContain('PublicZoneVPCAssociation')
  })

  it('of another account need an authorization, and may then leave', () => {
    const ports = route53World()
    const { id } = createHostedZone(scope, privateZone, ports)
    expect(refusalOf(() => associateVpc(stranger, id, STRANGERS_VPC, ports))).toContain('NotAuthorizedException')
    authorizeVpc(scope, id, STRANGERS_VPC, ports)
    associateVpc(stranger, id, STRANGERS_VPC, ports)
    deauthorizeVpc(scope, id, STRANGERS_VPC, ports)
    expect(refusalOf(() => deauthorizeVpc(scope, id, STRANGERS_VPC, ports))).toContain('VPCAssociationAuthorizationNotFound')
    expect(getHostedZone(scope, id, ports).vpcs).toHaveLength(2)
    disassociateVpc(stranger, id, STRANGERS_VPC, ports)
    expect(getHostedZone(scope, id, ports).vpcs).toEqual([namedVpc(VPC)])
    expect(refusalOf(() => associateVpc(stranger, id, STRANGERS_VPC, ports))).toContain('NotAuthorizedException')
  })
})
