import { describe, expect, it } from 'vitest'
import { AT } from '#core/template/position.ts'
import type { ValueMap } from '#core/template/value.ts'
import { fakeCaller, fakeRequest } from '#kit/testing/fake-request.ts'
import { createHostedZone, getHostedZone } from '../hosted-zones.ts'
import { changeRecordSets } from '../record-sets.ts'
import { change, OTHER_VPC, refusalOf, route53World, scope, VPC } from '../testing/route53-world.ts'
import hostedZone from './hosted-zone.ts'
import recordSet from './record-set.ts'
import recordSetGroup from './record-set-group.ts'

const caller = fakeCaller({ account: scope.account })
const request = <P>(properties: P) => fakeRequest(properties, { caller })

describe('AWS::Route53::HostedZone', () => {
  it('is known by its id; a public one has name servers', async () => {
    const ports = route53World()
    const { ref, attributes } = await hostedZone.create(request({ Name: 'example.com' }), ports)
    expect(attributes).toEqual({ Id: ref, NameServers: getHostedZone(scope, ref, ports).nameServers })
    const closed = await hostedZone.create(request({ Name: 'example.com', VPCs: [VPC] }), ports)
    expect(closed.attributes).toEqual({ Id: closed.ref })
  })

  it('takes VPCs, comment and tags as they change, and goes', async () => {
    const ports = route53World()
    const before = { Name: 'example.com', VPCs: [VPC], HostedZoneTags: [{ Key: 'a', Value: '1' }] }
    const after = {
      ...{ Name: 'example.com', VPCs: [OTHER_VPC], HostedZoneConfig: { Comment: 'ours' } },
      HostedZoneTags: [{ Key: 'b', Value: '2' }],
    }
    const state = await hostedZone.create(request(before), ports)
    await hostedZone.update?.(request(after), { ...state, properties: before }, ports)
    expect(getHostedZone(scope, state.ref, ports)).toMatchObject({
      vpcs: [{ id: OTHER_VPC.VPCId, region: OTHER_VPC.VPCRegion }],
      comment: 'ours',
      tags: { b: '2' },
    })
    await hostedZone.delete({ ...request(after), ...state }, ports)
    await hostedZone.delete({ ...request(after), ...state }, ports)
    expect(refusalOf(() => getHostedZone(scope, state.ref, ports))).toContain('NoSuchHostedZone')
  })
})

/** A zone to put records into. */
function world() {
  const ports = route53World()
  const { id } = createHostedZone(scope, { name: 'example.com', callerReference: 'one' }, ports)
  const shown = () =>
    getHostedZone(scope, id, ports)
      .recordSets.slice(2)
      .map((one) => `${one.type} ${one.name} ${'values' in one ? `${one.ttl} ${one.values.join()}` : one.alias.dnsName}`)
  return { ports, id, shown }
}

describe('AWS::Route53::RecordSet', () => {
  const address = { HostedZoneName: 'example.com.', Name: 'a.example.com', Type: 'A', TTL: '60', ResourceRecords: ['192.0.2.1'] }

  it('is made, changed and deleted, and known by its name', async () => {
    const { ports, shown } = world()
    const state = await recordSet.create(request(address), ports)
    expect(state).toEqual({ ref: 'a.example.com', attributes: {} })
    const text = { ...address, Type: 'TXT', ResourceRecords: ['"x"'] }
    await recordSet.update?.(request(text), { ...state, properties: address }, ports)
    expect(shown()).toEqual(['TXT a.example.com. 60 "x"'])
    await recordSet.delete({ ...request(text), ...state }, ports)
    await recordSet.delete({ ...request(text), ...state }, ports)
    expect(shown()).toEqual([])
  })

  it.each([
    ['a record that is there', address, 'InvalidChangeBatch: [Tried to create resource record set'],
    [
      'two ways to name the zone',
      { ...address, HostedZoneId: 'Z1' },
      'InvalidInput: Specify either HostedZoneId or HostedZoneName',
    ],
    ['no zone', { ...address, HostedZoneName: 'example.org.' }, 'InvalidInput: No hosted zones named example.org. found'],
    [
      'no type',
      { ...address, Name: 'b.example.com', Type: 'X' },
      "InvalidInput: Value 'X' at 'type' failed to satisfy constraint",
    ],
    ['no time to live', { ...address, Name: 'b.example.com', TTL: 'long' }, 'InvalidInput: Invalid request: `long` is no TTL'],
  ])('refuses %s', async (_what, properties, message) => {
    const { ports, id } = world()
    changeRecordSets(scope, id, [change('CREATE', 'a.example.com', 'A', '192.0.2.9')], ports)
    expect(refusalOf(() => recordSet.create(request(properties), ports))).toContain(message)
  })

  it('must not guess between two zones of a name', () => {
    const { ports } = world()
    createHostedZone(scope, { name: 'example.com', callerReference: 'two' }, ports)
    expect(refusalOf(() => recordSet.create(request(address), ports))).toContain(
      'More than one hosted zone is named example.com.',
    )
  })

  it('keeps where the template writes its values', async () => {
    const { ports, id } = world()
    const written: ValueMap = {
      ...address,
      [AT]: { self: { line: 3, column: 1 }, members: { ResourceRecords: { line: 8, column: 7 } } },
    }
    await recordSet.create({ ...request(address), written }, ports)
    expect(getHostedZone(scope, id, ports).recordSets.at(-1)?.source).toEqual({
      line: 8,
      column: 7,
      path: 'Resources.Thing.Properties.ResourceRecords',
      stack: 'story',
    })
  })

  it('honours simple routing alone', () => {
    for (const name of [
      'Weight',
      'Region',
      'Failover',
      'GeoLocation',
      'HealthCheckId',
      'MultiValueAnswer',
      'SetIdentifier',
    ] as const) {
      expect(recordSet.honours).not.toContain(name)
      expect(recordSetGroup.refuses).toContain(`RecordSets.${name}`)
    }
  })
})

describe('AWS::Route53::RecordSetGroup', () => {
  const one = { Name: 'a.example.com', Type: 'A', TTL: '60', ResourceRecords: ['192.0.2.1'] }
  const alias = { Name: 'b.example.com', Type: 'A', AliasTarget: { HostedZoneId: 'Z2OJLYMUO9EFXC', DNSName: 'lb.example.net' } }
  const two = { ...one, Name: 'c.example.com' }

  it('is one transaction each time', async () => {
    const { ports, id, shown } = world()
    const before = { HostedZoneId: id, RecordSets: [one, alias] }
    const state = await recordSetGroup.create(request(before), ports)
    expect(state.attributes).toEqual({ Id: state.ref })
    expect(shown()).toEqual(['A a.example.com. 60 192.0.2.1', 'A b.example.com. lb.example.net.'])
    const after = { HostedZoneId: id, RecordSets: [{ ...one, TTL: '30' }, two] }
    await recordSetGroup.update?.(request(after), { ...state, properties: before }, ports)
    expect(shown()).toEqual(['A a.example.com. 30 192.0.2.1', 'A c.example.com. 60 192.0.2.1'])
    const wrong = { HostedZoneId: id, RecordSets: [one, { ...two, ResourceRecords: ['no address'] }] }
    expect(refusalOf(() => recordSetGroup.update?.(request(wrong), { ...state, properties: after }, ports))).toContain(
      'InvalidChangeBatch',
    )
    expect(shown()).toEqual(['A a.example.com. 30 192.0.2.1', 'A c.example.com. 60 192.0.2.1'])
    await recordSetGroup.delete({ ...request(after), ...state }, ports)
    expect(shown()).toEqual([])
  })

  it('may name a zone for each record', async () => {
    const { ports, id, shown } = world()
    await recordSetGroup.create(request({ RecordSets: [{ ...one, HostedZoneId: id }] }), ports)
    expect(shown()).toEqual(['A a.example.com. 60 192.0.2.1'])
  })
})
