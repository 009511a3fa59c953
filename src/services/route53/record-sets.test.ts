import { describe, expect, it } from 'vitest'
import type { Change } from '#services/models/route53.ts'
import { createHostedZone, getHostedZone } from './hosted-zones.ts'
import { changeRecordSets } from './record-sets.ts'
import { aliasChange, change, refusalOf, route53World, scope } from './testing/route53-world.ts'

const ZONE = 'example.com.'

/** A zone with `a` (an address), `c` (an alias in the zone's own name for another) and a wildcard text. */
function world() {
  const ports = route53World()
  const { id } = createHostedZone(scope, { name: 'example.com', callerReference: 'one' }, ports)
  const start = [
    change('CREATE', 'a.example.com', 'A', '192.0.2.1', '192.0.2.2'),
    change('CREATE', 'c.example.com', 'CNAME', 'a.example.com'),
  ]
  changeRecordSets(scope, id, [...start, change('CREATE', '*.example.com', 'TXT', '"any"')], ports)
  const run = (...changes: Change[]) => changeRecordSets(scope, id, changes, ports)
  const names = () => getHostedZone(scope, id, ports).recordSets.map(({ name, type }) => `${type} ${name}`)
  return { id, run, names, ports }
}

const FIRST = [`NS ${ZONE}`, `SOA ${ZONE}`, 'TXT \\052.example.com.', 'A a.example.com.', 'CNAME c.example.com.']

describe('changes of record sets', () => {
  it('are listed by name and type', () => {
    expect(world().names()).toEqual(FIRST)
  })

  it.each([
    [
      'another type of a name',
      [change('CREATE', 'A.example.com', 'AAAA', '2001:db8::1')],
      [...FIRST.slice(0, 4), 'AAAA a.example.com.', ...FIRST.slice(4)],
    ],
    ['one in place of what is there', [change('UPSERT', 'a.example.com.', 'A', '192.0.2.9')], FIRST],
    [
      'one deleted, its values in another order',
      [change('DELETE', 'a.example.com', 'A', '192.0.2.2', '192.0.2.1')],
      FIRST.filter((one) => !one.startsWith('A ')),
    ],
    [
      'one deleted and made anew',
      [change('DELETE', 'a.example.com', 'A', '192.0.2.2', '192.0.2.1'), change('CREATE', 'a.example.com', 'A', '192.0.2.9')],
      FIRST,
    ],
    [
      'an address where there was another name',
      [change('DELETE', 'c.example.com', 'CNAME', 'a.example.com'), change('CREATE', 'c.example.com', 'A', '192.0.2.9')],
      [...FIRST.slice(0, 4), 'A c.example.com.'],
    ],
    ['the zone itself', [change('CREATE', 'example.com', 'MX', '10 mail.example.com')], [`MX ${ZONE}`, ...FIRST]],
    [
      'an alias to a service of AWS',
      [aliasChange('CREATE', 'x.example.com', 'd-1.execute-api.eu-central-1.amazonaws.com')],
      [...FIRST, 'A x.example.com.'],
    ],
  ] satisfies [string, Change[], string[]][])('%s', (_what, changes, expected) => {
    const { run, names } = world()
    run(...changes)
    expect(names()).toEqual(expected)
  })

  it.each([
    [
      'what is there already',
      [change('CREATE', 'a.example.com', 'A', '192.0.2.9')],
      "[Tried to create resource record set [name='a.example.com.', type='A'] but it already exists]",
    ],
    [
      'what is not there',
      [change('DELETE', 'b.example.com', 'A', '192.0.2.9')],
      "[Tried to delete resource record set [name='b.example.com.', type='A'] but it was not found]",
    ],
    [
      'other values',
      [change('DELETE', 'a.example.com', 'A', '192.0.2.1')],
      "[Tried to delete resource record set [name='a.example.com.', type='A'] but the values provided do not match the current values]",
    ],
    [
      'a name outside',
      [change('CREATE', 'example.org', 'A', '192.0.2.9')],
      '[RRSet with DNS name example.org. is not permitted in zone example.com.]',
    ],
    [
      'a name that only ends so',
      [change('CREATE', 'myexample.com', 'A', '192.0.2.9')],
      '[RRSet with DNS name myexample.com. is not permitted in zone example.com.]',
    ],
    [
      'a CNAME of the zone itself',
      [change('CREATE', 'example.com', 'CNAME', 'x.org')],
      '[RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone example.com.]',
    ],
    [
      'a CNAME beside others',
      [change('CREATE', 'a.example.com', 'CNAME', 'x.org')],
      '[RRSet of type CNAME with DNS name a.example.com. is not permitted as it conflicts with other records with the same DNS name in zone example.com.]',
    ],
    [
      'others beside a CNAME',
      [change('CREATE', 'c.example.com', 'A', '192.0.2.9')],
      '[RRSet of type A with DNS name c.example.com. is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone example.com.]',
    ],
    [
      'one twice',
      [change('UPSERT', 'x.example.com', 'A', '192.0.2.9'), change('UPSERT', 'X.example.com', 'A', '192.0.2.8')],
      "[The request contains an invalid set of changes for a resource record set 'A x.example.com.']",
    ],
    [
      'a value twice',
      [change('CREATE', 'x.example.com', 'A', '192.0.2.9', '192.0.2.9')],
      "[Duplicate Resource Record: '192.0.2.9']",
    ],
    [
      'no address',
      [change('CREATE', 'x.example.com', 'A', 'x.org')],
      "[Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with 'x.org'']",
    ],
    [
      'no address of six',
      [change('CREATE', 'x.example.com', 'AAAA', '1::2::3')],
      "[Invalid Resource Record: 'FATAL problem: AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address) encountered with '1::2::3'']",
    ],
    [
      'a text without marks',
      [change('CREATE', 'x.example.com', 'TXT', 'any')],
      "[Invalid Resource Record: 'FATAL problem: InvalidCharacterString (Value should be enclosed in quotation marks) encountered with 'any'']",
    ],
    [
      'an alias outside its target zone',
      [aliasChange('CREATE', 'x.example.com', 'lb.example.org', '@')],
      '[Tried to create an alias that targets lb.example.org., type A in zone @, but the alias target name does not lie within the target zone, Tried to create an alias that targets lb.example.org., type A in zone @, but that target was not found]',
    ],
    [
      'an alias to nothing',
      [aliasChange('CREATE', 'x.example.com', 'b.example.com', '@')],
      '[Tried to create an alias that targets b.example.com., type A in zone @, but that target was not found]',
    ],
    [
      'several mistakes',
      [change('CREATE', 'a.example.com', 'A', '192.0.2.9'), change('DELETE', 'b.example.com', 'A', '192.0.2.9')],
      "[Tried to create resource record set [name='a.example.com.', type='A'] but it already exists, Tried to delete resource record set [name='b.example.com.', type='A'] but it was not found]",
    ],
    [
      'too many values',
      [change('CREATE', 'x.example.com', 'TXT', ...Array.from({ length: 1001 }, (_, index) => `"${index}"`))],
      '[Number of records limit of 1000 exceeded.]',
    ],
  ] satisfies [string, Change[], string][])('refuse %s', (_what, changes, message) => {
    const { id, run, names } = world()
    const named = changes.map((one) => {
      const { AliasTarget } = one.ResourceRecordSet
      if (AliasTarget?.HostedZoneId !== '@') return one
      return { ...one, ResourceRecordSet: { ...one.ResourceRecordSet, AliasTarget: { ...AliasTarget, HostedZoneId: id } } }
    })
    expect(refusalOf(() => run(...named))).toBe(`InvalidChangeBatch: ${message.replaceAll('@', id)}`)
    expect(names()).toEqual(FIRST)
  })

  it('leave a zone its authority and name servers', () => {
    const { id, run, ports } = world()
    const [servers, authority] = getHostedZone(scope, id, ports).recordSets
    const deletion = (set: typeof servers): Change => {
      if (!set || !('values' in set)) throw new Error('not a record set of values')
      const { name, type, ttl, values } = set
      return {
        ...change('DELETE', name, type, ...values),
        ResourceRecordSet: { Name: name, Type: type, TTL: ttl, ResourceRecords: values.map((Value) => ({ Value })) },
      }
    }
    expect(refusalOf(() => run(deletion(servers)))).toBe(
      'InvalidChangeBatch: [A HostedZone must contain at least one NS record for the zone itself.]',
    )
    expect(refusalOf(() => run(deletion(authority)))).toBe(
      'InvalidChangeBatch: [A HostedZone must contain exactly one SOA record.]',
    )
  })

  it('have values or an alias', () => {
    const { run } = world()
    const bare: Change = { Action: 'CREATE', ResourceRecordSet: { Name: 'x.example.com', Type: 'A' } }
    expect(refusalOf(() => run(bare))).toBe(
      'InvalidInput: Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none in Change with [Action=CREATE, Name=x.example.com, Type=A, SetIdentifier=null]',
    )
    const both = { ...aliasChange('CREATE', 'x.example.com', 'a.example.com').ResourceRecordSet, TTL: 60 }
    expect(refusalOf(() => run({ Action: 'CREATE', ResourceRecordSet: both }))).toContain('but found more than one in Change')
  })

  it('refuse other routing than the simple one by name', () => {
    const { run } = world()
    const weighted = { ...change('CREATE', 'x.example.com', 'A', '192.0.2.9').ResourceRecordSet, Weight: 1 }
    expect(refusalOf(() => run({ Action: 'CREATE', ResourceRecordSet: weighted }))).toBe(
      'NotImplemented: Postern does not implement `Weight` of record sets: they have simple routing alone',
    )
  })
})
