import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type { PatchOperation } from '#services/models/apigateway.ts'
import { type PatchRules, patched } from '../patch.ts'
import { badRequest, unsupported } from '../refusals.ts'
import { type StoredPolicy, storedDomainPolicy } from '../resource-policy.ts'
import { type DomainName, domainArn, domainPolicy, getDomainName, saveDomainName } from './domain-names.ts'
import { certificateOf, ipAddressType, securityPolicy, type WantedDomain } from './wanted-domain.ts'

type Reach = Pick<Ports, 'records' | 'dataPlane' | 'clock'>

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateDomainName-Patch */
export function updateDomainName(
  key: string,
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Reach,
): DomainName {
  const before = getDomainName(key, scope, ports)
  const { domain, certificate } = patched<Draft>({ domain: before, certificate: {}, scope }, operations, PATCHES)
  return saveDomainName(Object.keys(certificate).length > 0 ? renewed(domain, certificate, scope, ports) : domain, scope, ports)
}

/** Changes the domain name to what a template now says of it. */
export function replaceDomainName(key: string, wanted: Omit<WantedDomain, 'domainName'>, scope: Scope, ports: Reach): DomainName {
  const before = getDomainName(key, scope, ports)
  const { types: [type] = ['EDGE'], ipAddressType: addresses } = wanted.endpointConfiguration ?? {}
  if (type !== before.type) throw unsupported('a change of the endpoint type of a domain name')
  const after = {
    ...before,
    ipAddressType: ipAddressType(before.type, addresses),
    securityPolicy: securityPolicy(before.type, wanted.securityPolicy),
    policy: domainPolicy(before, wanted.policy, scope),
    ownershipVerificationCertificateArn: wanted.ownershipVerificationCertificateArn,
    tags: wanted.tags ?? {},
  }
  return saveDomainName(renewed(after, wanted, scope, ports), scope, ports)
}

function renewed(domain: DomainName, certificate: Certificate, scope: Scope, { clock }: Reach): DomainName {
  const { certificateArn: kept, certificateName, type } = domain
  const known =
    type === 'REGIONAL'
      ? { regionalCertificateArn: kept, regionalCertificateName: certificateName }
      : { certificateArn: kept, certificateName }
  const next = certificateOf({ ...known, ...certificate }, type, scope)
  return { ...domain, ...next, certificateUploadDate: next.certificateArn === kept ? domain.certificateUploadDate : clock.now() }
}

type Certificate = Parameters<typeof certificateOf>[0]

interface Draft {
  readonly domain: DomainName
  readonly certificate: Certificate
  readonly scope: Scope
}

const setting =
  (read: (value: string, domain: DomainName, scope: Scope) => Partial<DomainName>) =>
  (draft: Draft, value: string): Draft => ({
    ...draft,
    domain: { ...draft.domain, ...read(value, draft.domain, draft.scope) },
  })

const certificate =
  (member: keyof Certificate) =>
  (draft: Draft, value: string): Draft => ({ ...draft, certificate: { ...draft.certificate, [member]: value } })

const refused = (what: string) => (): never => {
  throw unsupported(what)
}

/** Its resource is the domain name as the API of API Gateway knows it. */
function managementPolicy(written: string, domain: DomainName, scope: Scope): StoredPolicy | undefined {
  // unverified: the words.
  if (domain.type !== 'PRIVATE') throw badRequest('Policies are only supported for private custom domain names')
  return storedDomainPolicy(written, domainArn(domain, scope))
}

const CHANGES_TYPE = refused('a change of the endpoint type of a domain name')
const MUTUAL_TLS = refused('mutual TLS')

const PATCHES: PatchRules<Draft> = {
  add: { '/endpointConfiguration/types': CHANGES_TYPE },
  remove: { '/endpointConfiguration/types': CHANGES_TYPE, '/endpointConfiguration/types/*': CHANGES_TYPE },
  replace: {
    '/certificateArn': certificate('certificateArn'),
    '/certificateName': certificate('certificateName'),
    '/endpointConfiguration/ipAddressType': setting((value, { type }) => ({ ipAddressType: ipAddressType(type, value) })),
    '/endpointConfiguration/types/*': CHANGES_TYPE,
    '/managementPolicy': setting((value, domain, scope) => ({ managementPolicy: managementPolicy(value, domain, scope) })),
    '/mutualTlsAuthentication/truststoreUri': MUTUAL_TLS,
    '/mutualTlsAuthentication/truststoreVersion': MUTUAL_TLS,
    '/ownershipVerificationCertificateArn': setting((value) => ({ ownershipVerificationCertificateArn: value })),
    '/policy': setting((value, domain, scope) => ({ policy: domainPolicy(domain, { written: value }, scope) })),
    '/regionalCertificateArn': certificate('regionalCertificateArn'),
    '/regionalCertificateName': certificate('regionalCertificateName'),
    '/routingMode': refused('a routing mode'),
    '/securityPolicy': setting((value, { type }) => ({ securityPolicy: securityPolicy(type, value) })),
  },
}
