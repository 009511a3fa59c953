import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { domainRecords } from '../api/domain-records.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { ref } from '../intrinsics.ts'
import { hashedId } from '../logical-id.ts'
import { withoutEndingSlashes } from '../openapi/path-text.ts'
import { repr, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'

/** A domain name of the user's own for an API of the second version, its mappings and its DNS records. */
export function httpDomain(
  api: SamResource,
  transformation: Transformation,
  createdBy = 'httpapi:createdBy',
): GeneratedResource[] {
  const domain = api.properties['Domain'] ?? null
  if (!isMap(domain)) return []
  const { id, inherited: attributes } = api
  const refuse = (text: string) => invalidResource(id, text)
  const { DomainName: name, CertificateArn: certificate } = domain
  if ((name ?? null) === null || (certificate ?? null) === null) {
    throw refuse('Custom Domains only works if both DomainName and CertificateArn are provided.')
  }
  const domainId = hashedId('ApiGatewayDomainNameV2', name!)
  domain['ApiDomainName'] = domainId
  domain['EndpointConfiguration'] ??= 'REGIONAL'
  if (domain['EndpointConfiguration'] !== 'REGIONAL') {
    throw refuse(`EndpointConfiguration for Custom Domains must be one of ${repr(['REGIONAL'])}.`)
  }
  const configuration: ValueMap = { CertificateArn: certificate!, EndpointType: 'REGIONAL' }
  for (const option of ['OwnershipVerificationCertificateArn', 'SecurityPolicy']) {
    if (truthy(domain[option])) configuration[option] = domain[option]!
  }
  const resource = generated(
    domainId,
    'AWS::ApiGatewayV2::DomainName',
    {
      DomainName: name!,
      DomainNameConfigurations: [configuration],
      MutualTlsAuthentication: mutualTls(id, domain['MutualTlsAuthentication']),
      Tags: { [createdBy]: 'SAM' },
    },
    { attributes },
  )
  // Before the records, as AWS comes upon what is wrong with either.
  const mapped = mappings(api, domain, domainId)
  const records = domainRecords(
    api,
    { ...domain, Route53: zoneOf(domain['Route53']) },
    domainId,
    { DomainName: name! },
    transformation,
  )
  return [resource, ...mapped, ...records]
}

/** A zone is known by its id where both are given, and all domains of a zone share its group. */
function zoneOf(route53: Value | undefined): Value {
  if (!isMap(route53)) return route53 ?? null
  const { SeparateRecordSetGroup, HostedZoneName, ...rest } = route53
  return rest['HostedZoneId'] === undefined && HostedZoneName !== undefined ? { ...rest, HostedZoneName } : rest
}

function mutualTls(id: string, setting: Value | undefined): ValueMap | undefined {
  const fields = ['TruststoreUri', 'TruststoreVersion']
  if (!truthy(setting)) return undefined
  if (!isMap(setting)) {
    throw invalidResource(id, `MutualTlsAuthentication must be a map with at least one of the following fields ${repr(fields)}.`)
  }
  const unknown = Object.keys(setting).filter((key) => !fields.includes(key))
  if (unknown.length > 0) {
    // The message names the fields in the resource's place: AWS's slip.
    throw invalidResource(unknown.sort().join(','), `Available MutualTlsAuthentication fields are ${repr(fields)}.`)
  }
  return Object.fromEntries(fields.filter((field) => truthy(setting[field])).map((field) => [field, setting[field]!]))
}

function mappings(api: SamResource, { BasePath: written }: ValueMap, domainId: string): GeneratedResource[] {
  const mapping = (name: string, key: string | undefined) =>
    generated(
      `${api.id}${name}ApiMapping`,
      'AWS::ApiGatewayV2::ApiMapping',
      { DomainName: ref(domainId), ApiId: ref(api.id), Stage: ref(`${api.id}.Stage`), ApiMappingKey: key },
      { attributes: api.inherited },
    )
  const paths: ValueList | undefined =
    typeof written === 'string' && written !== '' ? [written] : isList(written) && written.length > 0 ? written : undefined
  if (!paths) return [mapping('', undefined)]
  return paths.map((path) => {
    if (typeof path !== 'string') throw invalidResource(api.id, 'Basepath must be a string.')
    if (/[^0-9a-zA-Z/\-_]/.test(path)) throw invalidResource(api.id, 'Invalid Basepath name provided.')
    return mapping(path.replace(/[-_/]/g, ''), withoutEndingSlashes(path.replace(/^\/+/, '')))
  })
}
