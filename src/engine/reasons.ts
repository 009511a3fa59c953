import { AwsError } from '#core/aws/aws-error.ts'
import type { Ids } from '#kit/ports.ts'

export const replacing = 'Requested update requires the creation of a new physical resource; hence creating one.'
export const interrupted = 'Postern stopped while this operation was running; rolling back'
export const resumed = 'Postern stopped while this operation was running; carrying it on'
export const undone = 'Postern stopped while this resource was being created; what was begun is undone'

const list = (logicalIds: readonly string[]) => `[${logicalIds.join(', ')}]`

// The space at the end is AWS's own.
export const failedTo = (verb: 'create' | 'update' | 'delete', logicalIds: readonly string[]): string =>
  `The following resource(s) failed to ${verb}: ${list(logicalIds)}. `

/** On a rollback that the caller's settings asked for, AWS adds who asked. */
export const rollingBack = (why: string): string => `${why.replace(/[. ]*$/, '')}. Rollback requested by user.`

/** What modern resource handlers say when the service behind them refused. */
export function handlerFailure(error: unknown, type: string, ids: Ids): string {
  if (!(error instanceof AwsError)) {
    const message = error instanceof Error ? error.message : String(error)
    return `Resource handler returned message: "${message}" (RequestToken: ${ids.uuid()}, HandlerErrorCode: InternalFailure)`
  }
  const cause = `${error.message} (Service: ${serviceOf(type)}, Status Code: ${statusOf(error)}, Request ID: ${ids.uuid()})`
  return `Resource handler returned message: "${cause}" (RequestToken: ${ids.uuid()}, HandlerErrorCode: ${handlerErrorCode(error.code)})`
}

// As the AWS SDK for Java names the services whose errors the handlers pass on.
const SERVICES: Readonly<Record<string, string>> = { EC2: 'Ec2', IAM: 'Iam', Logs: 'CloudWatchLogs' }

function serviceOf(type: string): string {
  const service = type.split('::')[1] ?? type
  return SERVICES[service] ?? service
}

/** The statuses that services without a model at hand use for these codes. */
function statusOf({ code, status }: AwsError): number {
  if (status !== undefined) return status
  if (/NotFound/.test(code) && !code.startsWith('Invalid')) return 404
  if (/Conflict|AlreadyExists|EntityExists/.test(code)) return 409
  if (/TooMany|Throttl/.test(code)) return 429
  return 400
}

// The codes of the resource provider contract: https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html
function handlerErrorCode(code: string): string {
  if (/NotFound|NoSuch/.test(code)) return 'NotFound'
  if (/Conflict|AlreadyExists|EntityExists|Duplicate|BucketAlready/.test(code)) return 'AlreadyExists'
  if (/AccessDenied|Unauthorized/.test(code)) return 'AccessDenied'
  if (/LimitExceeded/.test(code)) return 'ServiceLimitExceeded'
  if (/TooMany|Throttl/.test(code)) return 'Throttling'
  if (/ServiceFailure|InternalError|ServiceException/.test(code)) return 'ServiceInternalError'
  return 'InvalidRequest'
}
