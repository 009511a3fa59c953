import { dnsSuffixOf } from '../../aws/scope.ts'
import { leadsTo } from '../compile-domain.ts'
import { type CustomDomain, mappingOf } from '../custom-domain.ts'
import type { Entrance } from '../entrance.ts'
import type { Named, Received } from '../exchange.ts'
import { headerOf } from '../headers.ts'
import { parseApiHostname } from '../hostname.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { belowBasePath, type RequestTarget } from '../request-target.ts'
import { type Check, deny, pass, type Verdict } from '../verdict.ts'

/**
 * Through a VPC endpoint, `x-apigw-api-id` names the API whatever the host name is; without it the host name must be one of the API's
 * full names. The public front end goes by the host name alone, which may be a custom domain name. unverified: which of two different APIs wins, named by header and host.
 */
export const nameApi: Check<Received, Named> = {
  name: 'name-api',
  decide({ request, hostname, entrance, domain, target }) {
    if (entrance && !entrance.entrance.serviceName.endsWith('.execute-api')) {
      const { endpointId, serviceName } = entrance.entrance
      return deny(
        { type: 'FORBIDDEN' },
        { code: 'name-api/other-service' satisfies ReasonCode, text: `\`${endpointId}\` is an endpoint of \`${serviceName}\`` },
        [`create a VPC endpoint for \`com.amazonaws.${entrance.entrance.region}.execute-api\``],
      )
    }
    const header = entrance && headerOf(request.rawHeaders, 'x-apigw-api-id')
    if (header) {
      return pass(
        { named: { apiId: header, by: 'header' }, target },
        { code: 'name-api/by-header' satisfies ReasonCode, text: `the header \`x-apigw-api-id\` names API \`${header}\`` },
      )
    }
    if (domain) {
      const { domain: named } = domain
      return leadsTo(named, entrance?.entrance) ? nameByDomain(named, target) : notLed(named, entrance?.entrance)
    }
    const host = parseApiHostname(hostname)
    if (host) {
      return pass(
        { named: { apiId: host.apiId, by: 'host', host }, target },
        { code: 'name-api/by-host' satisfies ReasonCode, text: `the host name names API \`${host.apiId}\`` },
      )
    }
    const region = entrance?.entrance.region ?? '{region}'
    return deny(
      { type: 'FORBIDDEN' },
      {
        code: 'name-api/no-name' satisfies ReasonCode,
        text: `the host name \`${hostname}\` is no API's${entrance ? ', and there is no `x-apigw-api-id` header' : ''}`,
        evidence: [{ what: 'Host header', found: hostname }],
      },
      entrance
        ? ['add the header `x-apigw-api-id: {api-id}`', `or send \`Host: {api-id}.execute-api.${region}.${dnsSuffixOf(region)}\``]
        : [`send \`Host: {api-id}.execute-api.${region}.${dnsSuffixOf(region)}\``],
    )
  },
}

/** Custom domain names have no stage in their paths: the mapping names it, unless it leaves that to the caller. */
function nameByDomain(domain: CustomDomain, target: RequestTarget): Verdict<Named> {
  const mapping = mappingOf(domain, target.fullPath)
  if (mapping) {
    const { basePath, apiId, stageName } = mapping
    const what = `${apiId}${stageName === undefined ? '' : `\`, stage \`${stageName}`}`
    return pass(
      { named: { apiId, by: 'domain', mapping }, target: belowBasePath(target, basePath, stageName) },
      {
        code: 'name-api/by-domain' satisfies ReasonCode,
        text: `domain name \`${domain.name}\` maps base path \`${basePath || '(none)'}\` to API \`${what}\``,
      },
    )
  }
  const known = domain.mappings.map(({ basePath }) => `\`/${basePath}\``)
  return deny(
    { type: 'FORBIDDEN' },
    {
      code: 'name-api/not-mapped' satisfies ReasonCode,
      text: `domain name \`${domain.name}\` has no base path mapping for \`${target.fullPath}\``,
      evidence: [{ what: 'base path mappings', found: domain.mappings.map(({ basePath }) => basePath).join(', ') }],
    },
    [
      ...(known.length > 0 ? [`start the path with ${known.join(' or ')}`] : []),
      `add a base path mapping to \`${domain.name}\` (\`aws apigateway create-base-path-mapping\`)`,
    ],
  )
}

/** A private name where it does not lead: from outside, or through an endpoint that nobody associated with it. */
function notLed({ name, arn }: CustomDomain, entrance: Entrance | undefined): Verdict<never> {
  if (!entrance) {
    return deny(
      { type: 'FORBIDDEN' },
      {
        code: 'name-api/private-domain-from-outside' satisfies ReasonCode,
        text: `domain name \`${name}\` is private, and the request came from outside`,
      },
      ['call it through the port of a VPC endpoint that is associated with it'],
    )
  }
  return deny(
    { type: 'FORBIDDEN' },
    {
      code: 'name-api/not-associated' satisfies ReasonCode,
      text: `\`${entrance.endpointId}\` is not associated with domain name \`${name}\``,
      evidence: [{ what: 'domain name', found: arn }],
    },
    [
      `associate them (\`aws apigateway create-domain-name-access-association --domain-name-arn ${arn} --access-association-source-type VPCE --access-association-source ${entrance.endpointId}\`)`,
    ],
  )
}
