import { AwsError } from '#core/aws/aws-error.ts'
import type { ServiceModel } from '#kit/service-model.ts'
import { type Protocol, type Refusal, UnreadableRequest } from './exchange.ts'
import { errorShape } from './protocols/error-fields.ts'

/** How an error shows, or nothing where it is not a refusal but a fault of ours. */
export function refusalFrom(error: unknown, service: ServiceModel | undefined, protocol: Protocol): Refusal | undefined {
  if (error instanceof UnreadableRequest) {
    return { code: protocol.unreadable, message: error.message, status: 400, fields: {} }
  }
  if (!(error instanceof AwsError)) return undefined
  const shape = errorShape(service, error.code)
  const status = shape?.error?.httpStatusCode ?? error.status ?? (shape?.fault ? 500 : 400)
  // Errors whose shape has a `Type` say with it whose fault they are.
  const type = shape?.members['Type'] ? { Type: status < 500 ? 'User' : 'Service' } : {}
  return { code: shape?.error?.code ?? error.code, message: error.message, status, fields: { ...type, ...error.fields } }
}

/** What a caller may know of a fault of ours: that there was one. Its id leads to the log. */
export function internalFailure(service: ServiceModel | undefined): Refusal {
  const more = { status: 500, fields: {} }
  switch (service?.protocol) {
    case 'rest-xml':
      return { code: 'InternalError', message: 'We encountered an internal error. Please try again.', ...more }
    case 'ec2':
      return { code: 'InternalError', message: 'An internal error has occurred', ...more }
    default:
      return {
        code: 'InternalFailure',
        message: 'The request processing has failed because of an unknown error, exception or failure.',
        ...more,
      }
  }
}

export function notImplemented(service: string, operation?: string): AwsError {
  const what = operation ? `the operation \`${operation}\` of \`${service}\`` : `the service \`${service}\``
  return new AwsError('NotImplemented', `Postern does not implement ${what}`, { status: 501 })
}
