import { recordsOf } from '#core/net/zones.ts'
import { operation } from '#kit/operation.ts'
import { TestDNSAnswer } from '#services/models/route53.ts'
import { isFault, normalName, plainName } from '../dns-names.ts'
import { getHostedZone } from '../hosted-zones.ts'
import { permission } from '../permission.ts'
import { zoneOf } from '../read-zones.ts'
import { invalidInput, unsupported } from '../refusals.ts'

export default operation(TestDNSAnswer, {
  authorize: ({ HostedZoneId }, caller) => permission(caller, 'TestDNSAnswer', 'hostedzone', HostedZoneId),

  /** What a name server of the zone answers: the zone's own records alone, without what they lead to. */
  run({ HostedZoneId, RecordName, RecordType }, caller, ports) {
    const zone = getHostedZone(caller, HostedZoneId, ports)
    const name = normalName(RecordName)
    if (isFault(name)) throw invalidInput(name.fault)
    const named = recordsOf(zoneOf(zone), plainName(name))
    const found = named?.records.find(({ type }) => type === RecordType)
    const record = found ?? named?.records.find(({ type }) => type === 'CNAME')
    if (record && 'aliasTo' in record) throw unsupported('TestDNSAnswer for an alias')
    return {
      Nameserver: zone.nameServers[0] ?? '',
      RecordName: name,
      RecordType,
      RecordData: record?.values ?? [],
      ResponseCode: named ? 'NOERROR' : 'NXDOMAIN',
      Protocol: 'UDP',
    }
  },
})
