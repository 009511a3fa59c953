import { formatArn } from '#core/aws/arn.ts'
import { partitionOf, type Scope } from '#core/aws/scope.ts'
import type { CustomDomain, PrivateAccess } from '#core/gateway/custom-domain.ts'
import type { Ports } from '#kit/ports.ts'
import { table } from '#kit/records.ts'
import type { DomainName as DomainNameAnswer, EndpointType, IpAddressType, SecurityPolicy } from '#services/models/apigateway.ts'
import { badRequest, notFound } from '../refusals.ts'
import { describePolicy, type StoredPolicy, storedDomainPolicy } from '../resource-policy.ts'
import { shownTime } from '../times.ts'
import { accessAssociations } from './association-record.ts'
import { type FrontEnd, newFrontEnd } from './front-ends.ts'
import { checkName } from './names.ts'
import {
  certificateOf,
  endpointType,
  ipAddressType,
  securityPolicy,
  type WantedDomain,
  type WrittenPolicy,
} from './wanted-domain.ts'

/** A custom domain name and the APIs behind it, by its key. One record: a domain name has few mappings. */
export interface DomainName {
  readonly name: string
  /** Of a private one: the same name may be in several accounts. */
  readonly id?: string | undefined
  readonly type: EndpointType
  readonly ipAddressType: IpAddressType
  /** Of a public one. */
  readonly frontEnd?: FrontEnd | undefined
  readonly certificateArn: string
  readonly certificateName?: string | undefined
  /** Milliseconds since 1970. */
  readonly certificateUploadDate: number
  readonly ownershipVerificationCertificateArn?: string | undefined
  readonly securityPolicy: SecurityPolicy
  /** Who may call through a private one, and who may associate endpoints with it. */
  readonly policy?: StoredPolicy | undefined
  readonly managementPolicy?: StoredPolicy | undefined
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

type Reach = Pick<Ports, 'records' | 'dataPlane'>

export const NONE = '(none)'

/** What a domain name is stored under, and what follows `/domainnames/` in its ARN. */
export function domainKey(name: string, id: string | undefined): string {
  return id === undefined ? name.toLowerCase() : `${name.toLowerCase()}+${id}`
}

export const keyOf = ({ name, id }: Pick<DomainName, 'name' | 'id'>) => domainKey(name, id)

export function getDomainName(key: string, scope: Scope, { records }: Pick<Ports, 'records'>): DomainName {
  const domain = records.get(domainNames, scope, key)
  if (!domain) throw notFound('Invalid domain name identifier specified')
  return domain
}

/** In order of their names. */
export function listDomainNames(scope: Scope, { records }: Pick<Ports, 'records'>): DomainName[] {
  return records.list(domainNames, scope).map(({ value }) => value)
}

export function createDomainName(wanted: WantedDomain, scope: Scope, ports: Reach & Pick<Ports, 'ids' | 'clock'>): DomainName {
  const type = endpointType(wanted.endpointConfiguration)
  const name = checkName(wanted.domainName, type)
  if (type !== 'PRIVATE' && isTaken(name, type, scope, ports)) throw badRequest('The domain name you provided already exists.')
  const id = type === 'PRIVATE' ? ports.ids.alphanumeric(10) : undefined
  return saveDomainName(
    {
      name,
      id,
      type,
      ipAddressType: ipAddressType(type, wanted.endpointConfiguration?.ipAddressType),
      frontEnd: type === 'PRIVATE' ? undefined : newFrontEnd(type, scope.region, ports.ids),
      ...certificateOf(wanted, type, scope),
      certificateUploadDate: ports.clock.now(),
      ownershipVerificationCertificateArn: wanted.ownershipVerificationCertificateArn,
      securityPolicy: securityPolicy(type, wanted.securityPolicy),
      policy: domainPolicy({ name, id, type }, wanted.policy, scope),
      tags: wanted.tags ?? {},
      mappings: {},
    },
    scope,
    ports,
  )
}

/** Stores the domain name and lets requests feel it at once: neither it nor its mappings need a deployment. */
export function saveDomainName(domain: DomainName, scope: Scope, ports: Reach): DomainName {
  ports.records.put(domainNames, scope, keyOf(domain), domain)
  publishDomain(domain, scope, ports)
  return domain
}

export function publishDomain(domain: DomainName, scope: Scope, { dataPlane, records }: Reach): void {
  const arn = domainArn(domain, scope)
  const endpoints = records
    .all(accessAssociations)
    .filter(({ value }) => value.domainNameArn === arn)
    .map(({ scope: { account }, value }) => ({ endpointId: value.source, account }))
  dataPlane.publishDomain(served(domain, scope, endpoints))
}

/**
 * Its mappings go with it; associations have to go before.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains-tutorial.html
 */
export function deleteDomainName(key: string, scope: Scope, ports: Reach): void {
  const domain = getDomainName(key, scope, ports)
  const arn = domainArn(domain, scope)
  // unverified: the words.
  if (ports.records.all(accessAssociations).some(({ value }) => value.domainNameArn === arn))
    throw badRequest('Cannot delete a domain name that has domain name access associations')
  ports.records.delete(domainNames, scope, key)
  ports.dataPlane.withdrawDomain(arn)
}

/** Public domain names have no account in their ARN: a name is in one account only. */
export function domainArn(domain: Pick<DomainName, 'name' | 'id'>, { account, region }: Scope): string {
  return formatArn({
    partition: partitionOf(region),
    service: 'apigateway',
    region,
    account: domain.id === undefined ? '' : account,
    resource: `/domainnames/${keyOf(domain)}`,
  })
}

/** A private domain name as policies know it. */
function domainInvokeArn(domain: Pick<DomainName, 'name' | 'id'>, { account, region }: Scope): string {
  const partition = partitionOf(region)
  return formatArn({ partition, service: 'execute-api', region, account, resource: `/domainnames/${keyOf(domain)}` })
}

export function domainPolicy(
  domain: Pick<DomainName, 'name' | 'id' | 'type'>,
  policy: WrittenPolicy | undefined,
  scope: Scope,
): StoredPolicy | undefined {
  if (policy === undefined) return undefined
  // unverified: the words.
  if (domain.type !== 'PRIVATE') throw badRequest('Policies are only supported for private custom domain names')
  return storedDomainPolicy(policy.written, domainInvokeArn(domain, scope), policy)
}

function served(domain: DomainName, scope: Scope, endpoints: PrivateAccess['endpoints']): CustomDomain {
  const { name, type, mappings, policy } = domain
  return {
    ...scope,
    arn: domainArn(domain, scope),
    name,
    endpointType: type,
    ...(type === 'PRIVATE' && { access: { invokeArn: domainInvokeArn(domain, scope), ...(policy && { policy }), endpoints } }),
    mappings: Object.entries(mappings).map(([basePath, { restApiId, stage }]) => ({
      basePath: basePath === NONE ? '' : basePath,
      apiId: restApiId,
      ...(stage !== undefined && { stageName: stage }),
    })),
  }
}

/** A regional name may be in several regions of its account; any other may be in the world but once. */
function isTaken(name: string, type: EndpointType, scope: Scope, { records }: Pick<Ports, 'records'>): boolean {
  return records
    .all(domainNames)
    .some(
      ({ scope: { account, region }, key, value }) =>
        key === name && (account !== scope.account || region === scope.region || type === 'EDGE' || value.type === 'EDGE'),
    )
}

export function describeDomainName(domain: DomainName, scope: Scope): DomainNameAnswer {
  const { name, id, type, frontEnd, certificateArn, certificateName, policy, managementPolicy } = domain
  return {
    domainName: name,
    domainNameId: id,
    domainNameArn: domainArn(domain, scope),
    certificateUploadDate: shownTime(domain.certificateUploadDate),
    ...(type === 'REGIONAL'
      ? {
          regionalCertificateArn: certificateArn,
          regionalCertificateName: certificateName,
          regionalDomainName: frontEnd?.name,
          regionalHostedZoneId: frontEnd?.hostedZoneId,
        }
      : {
          certificateArn,
          certificateName,
          distributionDomainName: frontEnd?.name,
          distributionHostedZoneId: frontEnd?.hostedZoneId,
        }),
    endpointConfiguration: { types: [type], ipAddressType: domain.ipAddressType },
    domainNameStatus: 'AVAILABLE',
    securityPolicy: domain.securityPolicy,
    ownershipVerificationCertificateArn: domain.ownershipVerificationCertificateArn,
    policy: policy && describePolicy(policy),
    managementPolicy: managementPolicy && describePolicy(managementPolicy),
    tags: domain.tags,
    routingMode: 'BASE_PATH_MAPPING_ONLY',
  }
}
