import type { GatewayResponseSnapshot } from './deployment.ts'
import { type CompiledTemplate, compileTemplate, type TemplateScope } from './mapping-template.ts'
import { bareType } from './media-type.ts'
import { pickTemplate } from './mock.ts'
import { compileParameterSource, type ParameterSource } from './parameter-mapping.ts'
import type { Denial, GatewayResponseType } from './verdict.ts'

interface Shape {
  readonly status: number
  /** `x-amzn-ErrorType` */
  readonly errorType: string
  readonly message: string
  /** The JSON key of the message. */
  readonly key?: 'Message'
  /** Answers of the integration's making have a space after the colon. */
  readonly spaced?: true
}

const INTERNAL = 'InternalServerErrorException'

/**
 * How each gateway response looks by itself. Statuses are recorded from AWS; error types from recordings and reports, those of
 * AUTHORIZER_*, EXPIRED_TOKEN, RESOURCE_NOT_FOUND and UNSUPPORTED_MEDIA_TYPE unverified:.
 */
const GATEWAY_RESPONSES: Readonly<Record<GatewayResponseType, Shape>> = {
  FORBIDDEN: { status: 403, errorType: 'ForbiddenException', message: 'Forbidden' },
  // unverified: what the front end answers when a request exceeds its limits.
  HEADERS_TOO_LARGE: {
    status: 431,
    errorType: 'RequestHeaderFieldsTooLargeException',
    message: 'Request Header Fields Too Large',
  },
  URI_TOO_LONG: { status: 414, errorType: 'RequestUriTooLongException', message: 'Request URI too long' },
  ACCESS_DENIED: {
    status: 403,
    errorType: 'AccessDeniedException',
    message: 'User is not authorized to access this resource',
    key: 'Message',
  },
  API_CONFIGURATION_ERROR: { status: 500, errorType: INTERNAL, message: 'Internal server error', spaced: true },
  AUTHORIZER_CONFIGURATION_ERROR: {
    status: 500,
    errorType: 'AuthorizerConfigurationException',
    message: 'Internal server error',
  },
  AUTHORIZER_FAILURE: { status: 500, errorType: 'AuthorizerFailureException', message: 'Internal server error' },
  BAD_REQUEST_BODY: { status: 400, errorType: 'BadRequestException', message: 'Invalid request body', spaced: true },
  BAD_REQUEST_PARAMETERS: {
    status: 400,
    errorType: 'BadRequestException',
    message: 'Missing required request parameters',
    spaced: true,
  },
  DEFAULT_4XX: { status: 400, errorType: 'BadRequestException', message: 'Bad Request' },
  DEFAULT_5XX: { status: 500, errorType: INTERNAL, message: 'Internal server error', spaced: true },
  EXPIRED_TOKEN: {
    status: 403,
    errorType: 'ExpiredTokenException',
    message: 'The security token included in the request is expired',
  },
  INTEGRATION_FAILURE: { status: 504, errorType: INTERNAL, message: 'Network error communicating with endpoint', spaced: true },
  INTEGRATION_TIMEOUT: { status: 504, errorType: INTERNAL, message: 'Endpoint request timed out', spaced: true },
  INVALID_API_KEY: { status: 403, errorType: 'ForbiddenException', message: 'Forbidden' },
  INVALID_SIGNATURE: {
    status: 403,
    errorType: 'InvalidSignatureException',
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    errorType: 'MissingAuthenticationTokenException',
    message: 'Missing Authentication Token',
  },
  QUOTA_EXCEEDED: { status: 429, errorType: 'LimitExceededException', message: 'Limit Exceeded' },
  REQUEST_TOO_LARGE: { status: 413, errorType: 'RequestTooLargeException', message: 'Request Too Long' },
  RESOURCE_NOT_FOUND: { status: 404, errorType: 'NotFoundException', message: 'Not Found' },
  THROTTLED: { status: 429, errorType: 'TooManyRequestsException', message: 'Too Many Requests' },
  UNAUTHORIZED: { status: 401, errorType: 'UnauthorizedException', message: 'Unauthorized' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, errorType: 'BadRequestException', message: 'Unsupported Media Type', spaced: true },
  WAF_FILTERED: { status: 403, errorType: 'ForbiddenException', message: 'Forbidden' },
}

/** No deployment can change these: they are given before one is found. */
const NOT_CONFIGURABLE = new Set<GatewayResponseType>(['FORBIDDEN', 'HEADERS_TOO_LARGE', 'URI_TOO_LONG'])

export type CompiledGatewayResponses = ReadonlyMap<string, CompiledGatewayResponse>

interface CompiledGatewayResponse {
  readonly status?: number
  readonly headers: readonly (readonly [string, ParameterSource])[]
  readonly templates: ReadonlyMap<string, CompiledTemplate>
}

/** The parts of a gateway response that Postern cannot honour, in words; empty where it can. For refusing it before it is deployed. */
export function checkGatewayResponse({
  responseParameters,
  responseTemplates,
}: Pick<GatewayResponseSnapshot, 'responseParameters' | 'responseTemplates'>): readonly string[] {
  const templates = Object.values(responseTemplates).flatMap((text) => {
    const compiled = compileTemplate(text)
    return typeof compiled === 'function' ? [] : [compiled.problem]
  })
  const parameters = Object.entries(responseParameters).flatMap(([target, expression]) =>
    compileHeader(target, expression) ? [] : [`the mapping of \`${target}\` from \`${expression}\` is not supported`],
  )
  return [...templates, ...parameters]
}

/** What `checkGatewayResponse` objects to is left at its default here: templates that ask for it have been refused. */
export function compileGatewayResponses(responses: Readonly<Record<string, GatewayResponseSnapshot>>): CompiledGatewayResponses {
  return new Map(
    Object.entries(responses).map(([type, { statusCode, responseParameters, responseTemplates }]) => {
      const templates = Object.entries(responseTemplates).flatMap(([media, text]): [string, CompiledTemplate][] => {
        const compiled = compileTemplate(text)
        return typeof compiled === 'function' ? [[bareType(media), compiled]] : []
      })
      const headers = Object.entries(responseParameters).flatMap(([target, expression]) => {
        const header = compileHeader(target, expression)
        return header ? [header] : []
      })
      return [type, { ...(statusCode && { status: Number(statusCode) }), headers, templates: new Map(templates) }]
    }),
  )
}

function compileHeader(target: string, expression: string): readonly [string, ParameterSource] | undefined {
  const [, name] = /^gatewayresponse\.header\.(.+)$/.exec(target) ?? []
  const source = compileParameterSource(expression)
  return name !== undefined && source ? [name, source] : undefined
}

/** A denial as it goes out: AWS's own form, or what the API has put in its place. */
export interface RenderedDenial {
  readonly status: number
  readonly errorType: string
  readonly contentType: string
  readonly rawHeaders: readonly string[]
  readonly body: string
}

export function renderDenial(
  denial: Denial,
  configured: CompiledGatewayResponses | undefined,
  scope: TemplateScope,
): RenderedDenial {
  const shape = GATEWAY_RESPONSES[denial.type]
  const message = denial.message ?? shape.message
  const status = denial.status ?? shape.status
  const errorType = denial.errorType ?? shape.errorType
  const plain = `{"${shape.key ?? 'message'}":${shape.spaced ? ' ' : ''}${JSON.stringify(message)}}`
  const custom = NOT_CONFIGURABLE.has(denial.type) ? undefined : configuredFor(denial.type, status, configured)
  if (!custom) return { status, errorType, contentType: 'application/json', rawHeaders: [], body: plain }
  const withError = errorScope(scope, denial.type, message)
  const [contentType, template] = pickTemplate(custom.templates, scope.parameter('Accept', 'header'))
  return {
    status: custom.status ?? status,
    errorType,
    contentType,
    rawHeaders: custom.headers.flatMap(([name, source]) => {
      const value = source(withError)
      return value === undefined ? [] : [name, value]
    }),
    body: template ? template(withError) : plain,
  }
}

/** A type without a response of its own takes that of its class. */
function configuredFor(type: GatewayResponseType, status: number, configured: CompiledGatewayResponses | undefined) {
  return configured?.get(type) ?? configured?.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX')
}

function errorScope(scope: TemplateScope, type: GatewayResponseType, message: string): TemplateScope {
  const error: Readonly<Record<string, string>> = {
    'error.message': message,
    'error.messageString': JSON.stringify(message),
    'error.responseType': type,
  }
  return { ...scope, context: (path) => error[path] ?? scope.context(path) }
}
