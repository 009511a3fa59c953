import { formatArn, parseArn } from '#core/aws/arn.ts'
import { partitionOf, type Scope } from '#core/aws/scope.ts'
import type { CustomDomain } from '#core/gateway/custom-domain.ts'
import type { Ports } from '#kit/ports.ts'
import { table } from '#kit/records.ts'
import type { DomainName as DomainNameAnswer, IpAddressType, SecurityPolicy } from '#services/models/apigateway.ts'
import type { WantedEndpoint } from '../endpoint-configuration.ts'
import { badRequest, notFound, unsupported } from '../refusals.ts'
import { shownTime } from '../times.ts'
import { type FrontEnd, newFrontEnd } from './front-ends.ts'
import { checkName } from './names.ts'

/** A public custom domain name and the APIs behind it, by its name. One record: a domain name has few mappings. */
export interface DomainName {
  readonly name: string
  readonly type: 'EDGE' | 'REGIONAL'
  readonly ipAddressType: IpAddressType
  readonly frontEnd: FrontEnd
  readonly certificateArn: string
  readonly certificateName?: string | undefined
  /** Milliseconds since 1970. */
  readonly certificateUploadDate: number
  readonly ownershipVerificationCertificateArn?: string | undefined
  readonly securityPolicy: SecurityPolicy
  readonly tags: Readonly<Record<string, string>>
  /** By base path; `(none)` for whatever no other fits. */
  readonly mappings: Readonly<Record<string, Mapping>>
}

export interface Mapping {
  readonly restApiId: string
  /** Absent where callers name the stage themselves. */
  readonly stage?: string | undefined
}

export const domainNames = table<DomainName>('apigateway/domain-names')

/** A domain name as callers and templates ask for it. */
export interface WantedDomain {
  readonly domainName: string
  readonly endpointConfiguration?: WantedEndpoint | undefined
  readonly certificateArn?: string | undefined
  readonly certificateName?: string | undefined
  readonly regionalCertificateArn?: string | undefined
  readonly regionalCertificateName?: string | undefined
  readonly ownershipVerificationCertificateArn?: string | undefined
  readonly securityPolicy?: SecurityPolicy | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

type Reach = Pick<Ports, 'records' | 'dataPlane'>

export const NONE = '(none)'

export function getDomainName(name: string, scope: Scope, { records }: Pick<Ports, 'records'>): DomainName {
  const domain = records.get(domainNames, scope, name.toLowerCase())
  if (!domain) throw notFound('Invalid domain name identifier specified')
  return domain
}

/** In order of their names. */
export function listDomainNames(scope: Scope, { records }: Pick<Ports, 'records'>): DomainName[] {
  return records.list(domainNames, scope).map(({ value }) => value)
}

export function createDomainName(wanted: WantedDomain, scope: Scope, ports: Reach & Pick<Ports, 'ids' | 'clock'>): DomainName {
  const name = checkName(wanted.domainName)
  const type = endpointType(wanted.endpointConfiguration)
  if (isTaken(name, type, scope, ports)) throw badRequest('The domain name you provided already exists.')
  const now = ports.clock.now()
  return saveDomainName(
    {
      name,
      type,
      ipAddressType: ipAddressType(wanted.endpointConfiguration?.ipAddressType),
      frontEnd: newFrontEnd(type, scope.region, ports.ids),
      ...certificateOf(wanted, type, scope),
      certificateUploadDate: now,
      ownershipVerificationCertificateArn: wanted.ownershipVerificationCertificateArn,
      securityPolicy: securityPolicy(wanted.securityPolicy),
      tags: wanted.tags ?? {},
      mappings: {},
    },
    scope,
    ports,
  )
}

/** Stores the domain name and lets requests feel it at once: neither it nor its mappings need a deployment. */
export function saveDomainName(domain: DomainName, scope: Scope, ports: Reach): DomainName {
  ports.records.put(domainNames, scope, domain.name, domain)
  publishDomain(domain, scope, ports)
  return domain
}

export function publishDomain(domain: DomainName, scope: Scope, { dataPlane }: Pick<Ports, 'dataPlane'>): void {
  dataPlane.publishDomain(served(domain, scope))
}

/** Its mappings go with it. unverified: that AWS asks for no prior removal of mappings. */
export function deleteDomainName(name: string, scope: Scope, ports: Reach): void {
  const domain = getDomainName(name, scope, ports)
  ports.records.delete(domainNames, scope, domain.name)
  ports.dataPlane.withdrawDomain(domainArn(domain.name, scope))
}

/** Public domain names have no account in their ARN: a name is in one account only. */
export function domainArn(name: string, { region }: Scope): string {
  return formatArn({
    partition: partitionOf(region),
    service: 'apigateway',
    region,
    account: '',
    resource: `/domainnames/${name}`,
  })
}

function served({ name, type, mappings }: DomainName, scope: Scope): CustomDomain {
  return {
    ...scope,
    arn: domainArn(name, scope),
    name,
    endpointType: type,
    mappings: Object.entries(mappings).map(([basePath, { restApiId, stage }]) => ({
      basePath: basePath === NONE ? '' : basePath,
      apiId: restApiId,
      ...(stage !== undefined && { stageName: stage }),
    })),
  }
}

/** A regional name may be in several regions of its account; any other may be in the world but once. */
function isTaken(name: string, type: DomainName['type'], scope: Scope, { records }: Pick<Ports, 'records'>): boolean {
  return records
    .all(domainNames)
    .some(
      ({ scope: { account, region }, key, value }) =>
        key === name && (account !== scope.account || region === scope.region || type === 'EDGE' || value.type === 'EDGE'),
    )
}

function endpointType({ types = ['EDGE'], vpcEndpointIds }: WantedEndpoint = {}): DomainName['type'] {
  if (vpcEndpointIds && vpcEndpointIds.length > 0) throw unsupported('`vpcEndpointIds` of a domain name')
  if (types.length > 1) throw unsupported('a domain name with several endpoint types')
  const [type] = types
  if (type === 'PRIVATE') throw unsupported('a private custom domain name')
  // unverified: the words. Enumerations of calls are checked before; those of templates are not.
  if (type !== 'EDGE' && type !== 'REGIONAL')
    throw badRequest('Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE')
  return type
}

export function ipAddressType(wanted = 'ipv4'): IpAddressType {
  if (wanted !== 'ipv4' && wanted !== 'dualstack') throw badRequest('ipAddressType must be either ipv4 or dualstack.')
  return wanted
}

/** The policies of 2025 limit ciphers; there is nothing here that they could be promised of. */
export function securityPolicy(wanted = 'TLS_1_2'): SecurityPolicy {
  if (wanted !== 'TLS_1_0' && wanted !== 'TLS_1_2') throw unsupported(`security policy \`${wanted}\``)
  return wanted
}

/** The certificate that goes with the type: an edge-optimized name's is CloudFront's, which takes those of Virginia only. */
export function certificateOf(
  wanted: Pick<WantedDomain, 'certificateArn' | 'certificateName' | 'regionalCertificateArn' | 'regionalCertificateName'>,
  type: DomainName['type'],
  { region }: Scope,
): Pick<DomainName, 'certificateArn' | 'certificateName'> {
  const [arn, name] =
    type === 'EDGE'
      ? [wanted.certificateArn, wanted.certificateName]
      : [wanted.regionalCertificateArn, wanted.regionalCertificateName]
  // unverified: the words.
  if (!arn) throw badRequest(`A certificate ARN must be specified for endpoint type ${type}`)
  const parsed = parseArn(arn)
  const isCertificate = parsed && ['acm', 'iam'].includes(parsed.service) && /^(server-)?certificate\/.+/.test(parsed.resource)
  if (!isCertificate) throw badRequest(`Invalid certificate ARN: ${arn}`)
  const place = type === 'EDGE' && partitionOf(region) === 'aws' ? 'us-east-1' : region
  if (parsed.service === 'acm' && parsed.region !== place)
    throw badRequest(`Invalid certificate ARN: ${arn}. Certificate must be in '${place}'.`)
  return { certificateArn: arn, ...(name !== undefined && { certificateName: name }) }
}

export function describeDomainName(domain: DomainName, scope: Scope): DomainNameAnswer {
  const { name, type, frontEnd, certificateArn, certificateName } = domain
  return {
    domainName: name,
    domainNameArn: domainArn(name, scope),
    certificateUploadDate: shownTime(domain.certificateUploadDate),
    ...(type === 'EDGE'
      ? {
          certificateArn,
          certificateName,
          distributionDomainName: frontEnd.name,
          distributionHostedZoneId: frontEnd.hostedZoneId,
        }
      : {
          regionalCertificateArn: certificateArn,
          regionalCertificateName: certificateName,
          regionalDomainName: frontEnd.name,
          regionalHostedZoneId: frontEnd.hostedZoneId,
        }),
    endpointConfiguration: { types: [type], ipAddressType: domain.ipAddressType },
    domainNameStatus: 'AVAILABLE',
    securityPolicy: domain.securityPolicy,
    ownershipVerificationCertificateArn: domain.ownershipVerificationCertificateArn,
    tags: domain.tags,
    routingMode: 'BASE_PATH_MAPPING_ONLY',
  }
}
