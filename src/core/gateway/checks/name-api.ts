import { dnsSuffixOf } from '../../aws/scope.ts'
import type { Named, Received } from '../exchange.ts'
import { headerOf } from '../headers.ts'
import { parseApiHostname } from '../hostname.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { type Check, deny, pass } from '../verdict.ts'

/**
 * Through a VPC endpoint, `x-apigw-api-id` names the API whatever the host name is; without it the host name must be one of the API's
 * full names. The public front end goes by the host name alone. unverified: which of two different APIs wins, named by header and host.
 */
export const nameApi: Check<Received, Named> = {
  name: 'name-api',
  decide({ request, hostname, entrance }) {
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
        { named: { apiId: header, by: 'header' } },
        { code: 'name-api/by-header' satisfies ReasonCode, text: `the header \`x-apigw-api-id\` names API \`${header}\`` },
      )
    }
    const host = parseApiHostname(hostname)
    if (host) {
      return pass(
        { named: { apiId: host.apiId, by: 'host', host } },
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
