import { positionOfMember } from '../../template/position.ts'
import { isList, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { expectMap, expectPresent, expectTexts, ofProperty } from '../expect.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { ref } from '../intrinsics.ts'
import { hashedId } from '../logical-id.ts'
import { orNothing, repr, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'
import { domainRecords } from './domain-records.ts'

const ENDPOINT_TYPES = ['EDGE', 'REGIONAL', 'PRIVATE']

/** A domain name of the user's own, what of it leads to this API, and its DNS records. */
export function apiDomain(api: SamResource, transformation: Transformation): GeneratedResource[] {
  const domain = api.properties['Domain'] ?? null
  if (domain === null) return []
  const settings = expectMap(domain, ofProperty(api.id), 'Domain')
  return settings['EndpointConfiguration'] === 'PRIVATE'
    ? privateDomain(api, settings, transformation)
    : publicDomain(api, settings, transformation)
}

function publicDomain(api: SamResource, settings: ValueMap, transformation: Transformation): GeneratedResource[] {
  const { id, inherited: attributes } = api
  const { name, certificate } = required(id, settings)
  const domainId = hashedId('ApiGatewayDomainName', name)
  settings['ApiDomainName'] = domainId
  const type = settings['EndpointConfiguration'] ?? 'REGIONAL'
  settings['EndpointConfiguration'] = type
  if (typeof type !== 'string' || !ENDPOINT_TYPES.includes(type)) {
    throw invalidResource(id, `EndpointConfiguration for Custom Domains must be one of ${repr(ENDPOINT_TYPES)}.`)
  }
  const mutualTlsAuthentication = mutualTls(id, settings)
  refuseProperty(domainId, 'AWS::ApiGateway::DomainName', settings, 'Policy')
  const resource = generated(
    domainId,
    'AWS::ApiGateway::DomainName',
    {
      DomainName: name,
      [type === 'REGIONAL' ? 'RegionalCertificateArn' : 'CertificateArn']: certificate,
      EndpointConfiguration: endpoint(type, settings),
      MutualTlsAuthentication: mutualTlsAuthentication,
      ...optional(settings, ['SecurityPolicy', 'EndpointAccessMode', 'OwnershipVerificationCertificateArn']),
    },
    { attributes },
  )
  const mappings = basePathMappings(api, settings, 'AWS::ApiGateway::BasePathMapping', { DomainName: ref(domainId) })
  const records = domainRecords(api, settings, domainId, { DomainName: name }, transformation)
  return [resource, ...mappings, ...records]
}

function privateDomain(api: SamResource, settings: ValueMap, transformation: Transformation): GeneratedResource[] {
  const { id, inherited: attributes } = api
  const { name, certificate } = required(id, settings)
  const domainId = hashedId('ApiGatewayDomainNameV2', name)
  refuseProperty(domainId, 'AWS::ApiGateway::DomainNameV2', settings, 'OwnershipVerificationCertificateArn')
  const resource = generated(
    domainId,
    'AWS::ApiGateway::DomainNameV2',
    {
      DomainName: name,
      CertificateArn: certificate,
      EndpointConfiguration: endpoint('PRIVATE', settings),
      ...optional(settings, ['SecurityPolicy', 'EndpointAccessMode', 'Policy']),
    },
    { attributes },
  )
  const arn = ref(domainId)
  const mappings = basePathMappings(api, settings, 'AWS::ApiGateway::BasePathMappingV2', { DomainNameArn: arn })
  const association = accessAssociation(api, settings, domainId)
  const records = domainRecords(api, settings, domainId, { DomainName: name }, transformation)
  return [resource, ...mappings, ...records, ...association]
}

function required(id: string, settings: ValueMap): { name: Value; certificate: Value } {
  return {
    name: expectPresent(settings['DomainName'], ofProperty(id), 'Domain.DomainName'),
    certificate: expectPresent(settings['CertificateArn'], ofProperty(id), 'Domain.CertificateArn'),
  }
}

/** What the other kind of domain has; the resource made is named, as AWS names it. */
function refuseProperty(domainId: string, type: string, settings: ValueMap, name: string): void {
  if (!truthy(settings[name])) return
  throw invalidResource(domainId, `property ${name} not defined for resource of type ${type}`, positionOfMember(settings, name))
}

function endpoint(type: string, { IpAddressType }: ValueMap): ValueMap {
  return { Types: [type], ...(truthy(IpAddressType) && { IpAddressType: IpAddressType! }) }
}

function optional(settings: ValueMap, names: readonly string[]): Record<string, Value | undefined> {
  return Object.fromEntries(names.map((name) => [name, orNothing(settings[name])]))
}

function mutualTls(id: string, settings: ValueMap): ValueMap | undefined {
  const setting = settings['MutualTlsAuthentication']
  if (!truthy(setting)) return undefined
  const fields = ['TruststoreUri', 'TruststoreVersion']
  const written = expectMap(setting, ofProperty(id), 'Domain.MutualTlsAuthentication')
  if (!Object.keys(written).every((key) => fields.includes(key))) {
    throw invalidResource(id, `Available Domain.MutualTlsAuthentication fields are ${repr(fields)}.`)
  }
  return Object.fromEntries(fields.filter((field) => truthy(written[field])).map((field) => [field, written[field]!]))
}

/** One mapping for each base path, or one for the whole domain. */
function basePathMappings(api: SamResource, settings: ValueMap, type: string, domain: ValueMap): GeneratedResource[] {
  const { BasePath: written, NormalizeBasePath: normalize = true } = settings
  const mapping = (path: string, BasePath: string | undefined) =>
    generated(
      `${api.id}${path}BasePathMapping`,
      type,
      { ...domain, RestApiId: ref(api.id), Stage: ref(`${api.id}.Stage`), BasePath },
      { attributes: api.inherited },
    )
  const paths: ValueList | undefined =
    typeof written === 'string' && written !== '' ? [written] : isList(written) && written.length > 0 ? written : undefined
  if (!paths) return [mapping('', undefined)]
  return expectTexts(paths, ofProperty(api.id), 'Domain.BasePath').map((path) => {
    const letters = path.replace(/[^\p{L}\p{N}]/gu, '')
    return mapping(letters, truthy(normalize) ? letters : path)
  })
}

/** Lets a VPC endpoint use the private domain. */
function accessAssociation(api: SamResource, settings: ValueMap, domainId: string): GeneratedResource[] {
  const written = settings['AccessAssociation'] ?? null
  if (written === null) return []
  const association = expectMap(written, ofProperty(api.id), 'Domain.AccessAssociation')
  const endpointId = association['VpcEndpointId'] ?? null
  return [
    generated(
      hashedId('DomainNameAccessAssociation', [endpointId, domainId]),
      'AWS::ApiGateway::DomainNameAccessAssociation',
      { DomainNameArn: ref(domainId), AccessAssociationSourceType: 'VPCE', AccessAssociationSource: endpointId },
      { attributes: api.inherited },
    ),
  ]
}
