import type { Reason } from '../aws/reason.ts'

/**
 * What a step answers: it passes and adds what later steps need, or it denies as a documented gateway response. Both say why,
 * and a denial says the smallest change that would let the request through, where there is one.
 */
export type Verdict<Gives> =
  | { readonly outcome: 'pass'; readonly because: Reason; readonly gives: Gives }
  | { readonly outcome: 'deny'; readonly because: Reason; readonly as: Denial; readonly mend: readonly string[] }

/** How a denial looks from outside: API Gateway's response type, and the message where it is not the type's default. */
export interface Denial {
  readonly type: GatewayResponseType
  readonly message?: string
  /** Where it is not the type's default. */
  readonly status?: number
  /** `x-amzn-ErrorType`, where it is not the type's default. */
  readonly errorType?: string
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
export type GatewayResponseType =
  | 'ACCESS_DENIED'
  | 'API_CONFIGURATION_ERROR'
  | 'AUTHORIZER_CONFIGURATION_ERROR'
  | 'AUTHORIZER_FAILURE'
  | 'BAD_REQUEST_BODY'
  | 'BAD_REQUEST_PARAMETERS'
  | 'DEFAULT_4XX'
  | 'DEFAULT_5XX'
  | 'EXPIRED_TOKEN'
  | 'INTEGRATION_FAILURE'
  | 'INTEGRATION_TIMEOUT'
  | 'INVALID_API_KEY'
  | 'INVALID_SIGNATURE'
  | 'MISSING_AUTHENTICATION_TOKEN'
  | 'QUOTA_EXCEEDED'
  | 'REQUEST_TOO_LARGE'
  | 'RESOURCE_NOT_FOUND'
  | 'THROTTLED'
  | 'UNAUTHORIZED'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'WAF_FILTERED'
  // What the front end answers before any API is found: no API can change these.
  | 'FORBIDDEN'
  | 'HEADERS_TOO_LARGE'
  | 'URI_TOO_LONG'

/** A step that asks nothing of the machine; proofs run these too. */
export interface Check<Needs, Gives = {}> {
  readonly name: string
  readonly decide: (exchange: Needs) => Verdict<Gives>
}

export function pass<Gives>(gives: Gives, because: Reason): Verdict<Gives> {
  return { outcome: 'pass', because, gives }
}

export function deny(as: Denial, because: Reason, mend: readonly string[] = []): Verdict<never> {
  return { outcome: 'deny', because, as, mend }
}
