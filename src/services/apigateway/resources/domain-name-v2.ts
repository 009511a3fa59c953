import { parseArn } from '#core/aws/arn.ts'
import type { Value } from '#core/template/value.ts'
import { type ResourceRequest, type ResourceState, resource } from '#kit/resource.ts'
import type { SecurityPolicy } from '#services/models/apigateway.ts'
import { type Properties, schema } from '#services/schemas/apigateway-domain-name-v2.ts'
import { createDomainName, type DomainName, deleteDomainName, domainArn } from '../domains/domain-names.ts'
import { replaceDomainName } from '../domains/update-domain-name.ts'
import type { WantedDomain } from '../domains/wanted-domain.ts'
import { unlessGone } from '../gone.ts'
import { badRequest } from '../refusals.ts'
import { stackTags } from '../tags.ts'
import { templateSource } from '../template-source.ts'

type Request = ResourceRequest<Properties>

/** A private custom domain name. */
export default resource(schema, {
  honours: ['CertificateArn', 'DomainName', 'EndpointConfiguration', 'Policy', 'RoutingMode', 'SecurityPolicy', 'Tags'],
  limits: {
    'EndpointConfiguration.Types': (types) =>
      Array.isArray(types) && types.some((type) => type !== 'PRIVATE' && typeof type === 'string')
        ? 'a public custom domain name is of type `AWS::ApiGateway::DomainName`'
        : undefined,
    RoutingMode: (mode) => (mode === 'BASE_PATH_MAPPING_ONLY' ? undefined : 'routing rules are not supported'),
    SecurityPolicy: (policy) => (policy === 'TLS_1_2' ? undefined : `security policy \`${policy}\` is not supported`),
  },

  create(request, ports) {
    const { DomainName } = request.properties
    // unverified: the words. CloudFormation's schema does not require it, and API Gateway does.
    if (DomainName === undefined) throw badRequest('Invalid domain name specified')
    return stateOf(createDomainName({ ...wantedFrom(request), domainName: DomainName }, request.caller, ports), request)
  },

  update(request, { ref }, ports) {
    return stateOf(replaceDomainName(keyIn(ref), wantedFrom(request), request.caller, ports), request)
  },

  delete({ ref, caller }, ports) {
    unlessGone(() => deleteDomainName(keyIn(ref), caller, ports))
  },
})

/** What follows `/domainnames/` in the ARN of a domain name. */
export function keyIn(arn: string): string {
  return /^\/domainnames\/([^/]+)$/.exec(parseArn(arn)?.resource ?? '')?.[1] ?? arn
}

function stateOf(domain: DomainName, { caller }: Request): ResourceState {
  const arn = domainArn(domain, caller)
  return { ref: arn, attributes: { DomainNameArn: arn, DomainNameId: domain.id } }
}

function wantedFrom(request: Request): Omit<WantedDomain, 'domainName'> {
  const { properties: p, written, logicalId, stack } = request
  const policy = written['Policy'] ?? (p.Policy as Value | undefined)
  const { Types, IpAddressType } = p.EndpointConfiguration ?? {}
  return {
    endpointConfiguration: { types: Types ?? ['PRIVATE'], ipAddressType: IpAddressType },
    certificateArn: p.CertificateArn,
    securityPolicy: p.SecurityPolicy as SecurityPolicy | undefined,
    ...(policy !== undefined && {
      policy: { written: policy, stack: stack.name, position: templateSource(request, 'Policy') },
    }),
    tags: stackTags(logicalId, stack, p.Tags),
  }
}
