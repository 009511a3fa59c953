import type { Reason } from '../../aws/reason.ts'
import { ANONYMOUS, type ContextKeys } from '../../policy/request.ts'
import type { Asked, Located, Named, Received } from '../exchange.ts'
import { headerOf } from '../headers.ts'
import { invokeArn } from '../invoke-arn.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { type Check, deny, pass } from '../verdict.ts'

const ACTION = 'execute-api:Invoke'

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const LONGEST_RESOURCE = 1_600

const NOBODY: Reason = {
  code: 'identify-caller/anonymous' satisfies ReasonCode,
  text: 'the request carries no signature: an anonymous caller',
}
const UNVERIFIED: Reason = {
  code: 'identify-caller/unverified' satisfies ReasonCode,
  text: 'the request is signed, and signatures are not verified: the caller counts as anonymous',
}

/** Puts together what the policies are asked: who wants to invoke which method, and what is known of the request. */
export const identifyCaller: Check<Received & Named & Located, Asked> = {
  name: 'identify-caller',
  decide(exchange) {
    const { request, target, stage, entrance } = exchange
    const resource = invokeArn(stage.arnPrefix, request.method, target.path)
    if (entrance && resource.length > LONGEST_RESOURCE) {
      const text = `the method's ARN has ${resource.length} bytes; a private API takes ${LONGEST_RESOURCE}`
      return deny({ type: 'URI_TOO_LONG' }, { code: 'identify-caller/resource-too-long' satisfies ReasonCode, text })
    }
    const authorization = headerOf(request.rawHeaders, 'authorization')
    const signed = authorization?.startsWith('AWS4-') ?? target.query.includes('X-Amz-Signature=')
    const lacking = authorization && signed ? SIGNATURE_PARTS.filter((part) => !authorization.includes(`${part}=`)) : []
    // A VPC endpoint refuses a malformed signature whatever the method asks for:
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-endpoint-policies.html
    if (entrance && lacking.length > 0) {
      const message = lacking.map((part) => `Authorization header requires '${part}' parameter.`).join(' ')
      return deny(
        {
          type: 'INVALID_SIGNATURE',
          errorType: 'IncompleteSignatureException',
          message: `${message} Authorization=${authorization}`,
        },
        {
          code: 'identify-caller/malformed-signature' satisfies ReasonCode,
          text: `the \`Authorization\` header has no ${lacking.map((part) => `\`${part}\``).join(', ')}`,
        },
        ['sign the whole request, or send no `Authorization` header of this form'],
      )
    }
    const viaDomain = exchange.named.by === 'domain' ? exchange.domain?.domain.access?.invokeArn : undefined
    const asked = { principal: ANONYMOUS, action: ACTION, resource, keys: contextKeys(exchange, viaDomain) }
    const askedOfDomain = viaDomain === undefined ? undefined : { ...asked, resource: viaDomain }
    return pass({ asked, signed, ...(askedOfDomain && { askedOfDomain }) }, signed ? UNVERIFIED : NOBODY)
  },
}

const SIGNATURE_PARTS = ['Credential', 'Signature', 'SignedHeaders']

/**
 * The condition keys of a request that nobody signed. `aws:SourceIp` is for public traffic, the VPC keys for private.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-condition-keys.html
 */
function contextKeys({ request, receivedAt, entrance }: Received, viaDomain: string | undefined): ContextKeys {
  return (name) => {
    switch (name) {
      case 'aws:sourcevpce':
        return entrance?.entrance.endpointId
      case 'aws:sourcevpc':
        return entrance?.entrance.vpcId
      case 'aws:vpcsourceip':
        return entrance && request.clientAddress
      case 'aws:sourceip':
        return entrance ? undefined : request.clientAddress
      case 'aws:currenttime':
        return new Date(receivedAt).toISOString()
      case 'aws:epochtime':
        return String(Math.floor(receivedAt / 1000))
      case 'aws:referer':
        return headerOf(request.rawHeaders, 'referer')
      case 'aws:useragent':
        return headerOf(request.rawHeaders, 'user-agent')
      case 'aws:securetransport':
        // AWS never offers plain HTTP; a loopback request without TLS stands for one with.
        return 'true'
      case 'execute-api:viadomainarn':
        return viaDomain
      default:
        return undefined
    }
  }
}
