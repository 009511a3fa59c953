import type { Value, ValueList, ValueMap } from '../../template/value.ts'
import { expectFlag, expectMap, ofProperty } from '../expect.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { getAtt } from '../intrinsics.ts'
import { hashedId } from '../logical-id.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'

/** The zone of every edge-optimized API: it is CloudFront's. */
const EDGE_ZONE = 'Z2FDTNDATAQYW2'
const TYPE = 'AWS::Route53::RecordSetGroup'

/** `Domain.Route53`: alias records in the zone's group, or in one of the domain's own. */
export function domainRecords(
  { id, inherited: attributes }: SamResource,
  domain: ValueMap,
  domainId: string,
  { DomainName: name }: { DomainName: Value },
  { recordSetGroups }: Transformation,
): GeneratedResource[] {
  const setting = domain['Route53'] ?? null
  if (setting === null) return []
  const route53 = expectMap(setting, ofProperty(id), 'Domain.Route53')
  const { HostedZoneId, HostedZoneName, SeparateRecordSetGroup: separate } = route53
  if ((HostedZoneId ?? null) === null && (HostedZoneName ?? null) === null) {
    throw invalidResource(id, 'HostedZoneId or HostedZoneName is required to enable Route53 support on Custom Domains.')
  }
  const zone = truthy(HostedZoneId) ? HostedZoneId! : (HostedZoneName ?? null)
  const records = recordSets(domain, route53, domainId)
  if (truthy(separate)) {
    expectFlag(separate, ofProperty(id), 'Domain.Route53.SeparateRecordSetGroup')
    const properties = {
      HostedZoneId: truthy(HostedZoneId) ? HostedZoneId : undefined,
      HostedZoneName: truthy(HostedZoneName) ? HostedZoneName : undefined,
      RecordSets: records,
    }
    return [generated(hashedId('RecordSetGroup', [zone, name]), TYPE, properties, { attributes })]
  }
  const groupId = hashedId('RecordSetGroup', zone)
  const group =
    recordSetGroups.get(groupId) ?? generated(groupId, TYPE, { HostedZoneId, HostedZoneName, RecordSets: [] }, { attributes })
  recordSetGroups.set(groupId, group)
  ;(group.properties['RecordSets'] as ValueList).push(...records)
  return [group]
}

function recordSets(domain: ValueMap, route53: ValueMap, domainId: string): ValueList {
  const AliasTarget = aliasTarget(domain, route53, domainId)
  const routing: ValueMap = {}
  for (const name of ['Region', 'SetIdentifier']) if ((route53[name] ?? null) !== null) routing[name] = route53[name]!
  const record = (Type: string): ValueMap => ({ Name: domain['DomainName']!, Type, AliasTarget, ...routing })
  return route53['IpV6'] === true ? [record('A'), record('AAAA')] : [record('A')]
}

function aliasTarget(domain: ValueMap, route53: ValueMap, domainId: string): ValueMap {
  const health = route53['EvaluateTargetHealth'] ?? null
  const evaluated: ValueMap = health === null ? {} : { EvaluateTargetHealth: health }
  switch (domain['EndpointConfiguration']) {
    case 'REGIONAL':
      return {
        ...evaluated,
        HostedZoneId: getAtt(domainId, 'RegionalHostedZoneId'),
        DNSName: getAtt(domainId, 'RegionalDomainName'),
      }
    case 'EDGE': {
      // Written back, as AWS does: the hash of the deployment sees it.
      route53['DistributionDomainName'] ??= getAtt(domainId, 'DistributionDomainName')
      return { ...evaluated, HostedZoneId: EDGE_ZONE, DNSName: route53['DistributionDomainName'] }
    }
    default:
      return {
        ...evaluated,
        HostedZoneId: route53['VpcEndpointHostedZoneId'] ?? null,
        DNSName: route53['VpcEndpointDomainName'] ?? null,
      }
  }
}
