import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type { PatchOperation } from '#services/models/apigateway.ts'
import { type PatchRules, patched } from '../patch.ts'
import { unsupported } from '../refusals.ts'
import {
  certificateOf,
  type DomainName,
  getDomainName,
  ipAddressType,
  saveDomainName,
  securityPolicy,
  type WantedDomain,
} from './domain-names.ts'

type Reach = Pick<Ports, 'records' | 'dataPlane' | 'clock'>

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateDomainName-Patch */
export function updateDomainName(
  name: string,
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Reach,
): DomainName {
  const before = getDomainName(name, scope, ports)
  const { domain, certificate } = patched<Draft>({ domain: before, certificate: {} }, operations, PATCHES)
  return saveDomainName(Object.keys(certificate).length > 0 ? renewed(domain, certificate, scope, ports) : domain, scope, ports)
}

/** Changes the domain name to what a template now says of it. */
export function replaceDomainName(
  name: string,
  wanted: Omit<WantedDomain, 'domainName'>,
  scope: Scope,
  ports: Reach,
): DomainName {
  const before = getDomainName(name, scope, ports)
  const { types: [type] = ['EDGE'], ipAddressType: addresses } = wanted.endpointConfiguration ?? {}
  if (type !== before.type) throw unsupported('a change of the endpoint type of a domain name')
  const after = {
    ...before,
    ipAddressType: ipAddressType(addresses),
    securityPolicy: securityPolicy(wanted.securityPolicy),
    ownershipVerificationCertificateArn: wanted.ownershipVerificationCertificateArn,
    tags: wanted.tags ?? {},
  }
  return saveDomainName(renewed(after, wanted, scope, ports), scope, ports)
}

function renewed(domain: DomainName, certificate: Certificate, scope: Scope, { clock }: Reach): DomainName {
  const { certificateArn: kept, certificateName, type } = domain
  const known =
    type === 'EDGE'
      ? { certificateArn: kept, certificateName }
      : { regionalCertificateArn: kept, regionalCertificateName: certificateName }
  const next = certificateOf({ ...known, ...certificate }, type, scope)
  return { ...domain, ...next, certificateUploadDate: next.certificateArn === kept ? domain.certificateUploadDate : clock.now() }
}

type Certificate = Parameters<typeof certificateOf>[0]

interface Draft {
  readonly domain: DomainName
  readonly certificate: Certificate
}

const setting =
  (read: (value: string) => Partial<DomainName>) =>
  ({ domain, certificate }: Draft, value: string): Draft => ({ domain: { ...domain, ...read(value) }, certificate })

const certificate =
  (member: keyof Certificate) =>
  (draft: Draft, value: string): Draft => ({ ...draft, certificate: { ...draft.certificate, [member]: value } })

const refused = (what: string) => (): never => {
  throw unsupported(what)
}

const CHANGES_TYPE = refused('a change of the endpoint type of a domain name')
const MUTUAL_TLS = refused('mutual TLS')

const PATCHES: PatchRules<Draft> = {
  add: { '/endpointConfiguration/types': CHANGES_TYPE },
  remove: { '/endpointConfiguration/types': CHANGES_TYPE, '/endpointConfiguration/types/*': CHANGES_TYPE },
  replace: {
    '/certificateArn': certificate('certificateArn'),
    '/certificateName': certificate('certificateName'),
    '/endpointConfiguration/ipAddressType': setting((value) => ({ ipAddressType: ipAddressType(value) })),
    '/endpointConfiguration/types/*': CHANGES_TYPE,
    '/mutualTlsAuthentication/truststoreUri': MUTUAL_TLS,
    '/mutualTlsAuthentication/truststoreVersion': MUTUAL_TLS,
    '/ownershipVerificationCertificateArn': setting((value) => ({ ownershipVerificationCertificateArn: value })),
    '/regionalCertificateArn': certificate('regionalCertificateArn'),
    '/regionalCertificateName': certificate('regionalCertificateName'),
    '/routingMode': refused('a routing mode'),
    '/securityPolicy': setting((value) => ({ securityPolicy: securityPolicy(value) })),
  },
}
