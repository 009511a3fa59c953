import { parseArn } from '#core/aws/arn.ts'
import { partitionOf, type Scope } from '#core/aws/scope.ts'
import type { Value } from '#core/template/value.ts'
import type { EndpointType, IpAddressType, SecurityPolicy } from '#services/models/apigateway.ts'
import type { WantedEndpoint } from '../endpoint-configuration.ts'
import { badRequest, unsupported } from '../refusals.ts'
import type { WrittenIn } from '../resource-policy.ts'

/** A policy as text or as a map, and where it stands if a template holds it. */
export interface WrittenPolicy extends WrittenIn {
  readonly written: Value
}

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
  readonly policy?: WrittenPolicy | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/** One type: AWS knows names of two while they move from one to the other. */
export function endpointType({ types = ['EDGE'], vpcEndpointIds }: WantedEndpoint = {}): EndpointType {
  if (vpcEndpointIds && vpcEndpointIds.length > 0) throw unsupported('`vpcEndpointIds` of a domain name')
  if (types.length > 1) throw unsupported('a domain name with several endpoint types')
  const [type] = types
  // unverified: the words. Enumerations of calls are checked before; those of templates are not.
  if (type !== 'EDGE' && type !== 'REGIONAL' && type !== 'PRIVATE')
    throw badRequest('Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE')
  return type
}

export function ipAddressType(type: EndpointType, wanted = type === 'PRIVATE' ? 'dualstack' : 'ipv4'): IpAddressType {
  if (wanted !== 'ipv4' && wanted !== 'dualstack') throw badRequest('ipAddressType must be either ipv4 or dualstack.')
  // unverified: the words, after those for APIs.
  if (type === 'PRIVATE' && wanted === 'ipv4')
    throw badRequest('Only dualstack ipAddressType is supported for Private domain names.')
  return wanted
}

/** The policies of 2025 limit ciphers; there is nothing here that they could be promised of. */
export function securityPolicy(type: EndpointType, wanted = 'TLS_1_2'): SecurityPolicy {
  // unverified: the words.
  if (type === 'PRIVATE' && wanted === 'TLS_1_0')
    throw badRequest('Private custom domain names only support security policy TLS_1_2')
  if (wanted !== 'TLS_1_0' && wanted !== 'TLS_1_2') throw unsupported(`security policy \`${wanted}\``)
  return wanted
}

/** The certificate that goes with the type: an edge-optimized name's is CloudFront's, which takes those of Virginia only. */
export function certificateOf(
  wanted: Pick<WantedDomain, 'certificateArn' | 'certificateName' | 'regionalCertificateArn' | 'regionalCertificateName'>,
  type: EndpointType,
  { region }: Scope,
): { readonly certificateArn: string; readonly certificateName?: string } {
  const [arn, name] =
    type === 'REGIONAL'
      ? [wanted.regionalCertificateArn, wanted.regionalCertificateName]
      : [wanted.certificateArn, wanted.certificateName]
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
