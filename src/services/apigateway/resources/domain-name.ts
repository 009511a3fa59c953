import { type ResourceRequest, type ResourceState, resource } from '#kit/resource.ts'
import type { SecurityPolicy } from '#services/models/apigateway.ts'
import { type Properties, schema } from '#services/schemas/apigateway-domain-name.ts'
import { createDomainName, type DomainName, deleteDomainName, domainArn } from '../domains/domain-names.ts'
import { replaceDomainName } from '../domains/update-domain-name.ts'
import type { WantedDomain } from '../domains/wanted-domain.ts'
import { unlessGone } from '../gone.ts'
import { badRequest } from '../refusals.ts'
import { stackTags } from '../tags.ts'

type Request = ResourceRequest<Properties>

export default resource(schema, {
  honours: [
    'CertificateArn',
    'DomainName',
    'EndpointConfiguration',
    'OwnershipVerificationCertificateArn',
    'RegionalCertificateArn',
    'RoutingMode',
    'SecurityPolicy',
    'Tags',
  ],
  limits: {
    'EndpointConfiguration.Types': (types) =>
      Array.isArray(types) && types.includes('PRIVATE')
        ? 'a private custom domain name is of type `AWS::ApiGateway::DomainNameV2`'
        : undefined,
    RoutingMode: (mode) => (mode === 'BASE_PATH_MAPPING_ONLY' ? undefined : 'routing rules are not supported'),
    SecurityPolicy: (policy) => (isServed(policy) ? undefined : `security policy \`${policy}\` is not supported`),
  },

  create(request, ports) {
    const { DomainName } = request.properties
    // unverified: the words. CloudFormation's schema does not require it, and API Gateway does.
    if (DomainName === undefined) throw badRequest('Invalid domain name specified')
    return stateOf(createDomainName({ ...wantedFrom(request), domainName: DomainName }, request.caller, ports), request)
  },

  update(request, { ref }, ports) {
    return stateOf(replaceDomainName(ref, wantedFrom(request), request.caller, ports), request)
  },

  delete({ ref, caller }, ports) {
    unlessGone(() => deleteDomainName(ref, caller, ports))
  },
})

function stateOf(domain: DomainName, { caller }: Request): ResourceState {
  const { name, type, frontEnd } = domain
  const kind = type === 'EDGE' ? 'Distribution' : 'Regional'
  return {
    ref: name,
    attributes: {
      DomainNameArn: domainArn(domain, caller),
      [`${kind}DomainName`]: frontEnd?.name,
      [`${kind}HostedZoneId`]: frontEnd?.hostedZoneId,
    },
  }
}

function wantedFrom({ properties: p, logicalId, stack }: Request): Omit<WantedDomain, 'domainName'> {
  const { Types, IpAddressType } = p.EndpointConfiguration ?? {}
  return {
    endpointConfiguration: { types: Types, ipAddressType: IpAddressType },
    certificateArn: p.CertificateArn,
    regionalCertificateArn: p.RegionalCertificateArn,
    ownershipVerificationCertificateArn: p.OwnershipVerificationCertificateArn,
    // Another one comes here only in a stack that takes stubs, where it was told of: the name then has the usual policy.
    securityPolicy: isServed(p.SecurityPolicy) ? p.SecurityPolicy : undefined,
    tags: stackTags(logicalId, stack, p.Tags),
  }
}

const isServed = (policy: unknown): policy is SecurityPolicy => policy === 'TLS_1_0' || policy === 'TLS_1_2'
