import { AwsError } from '#core/aws/aws-error.ts'

/** What can be wrong with a signature. */
export type Failure =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'incomplete'; readonly message: string }
  | { readonly kind: 'unknown key'; readonly accessKeyId: string }
  | { readonly kind: 'expired session' }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'skewed'; readonly message: string }
  | { readonly kind: 'expired link' }
  | { readonly kind: 'other payload' }

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
const UNKNOWN = 'The security token included in the request is invalid.'
const EXPIRED = 'The security token included in the request is expired'
const UNSIGNED = 'Request is missing Authentication Token'

/** The same failure has other words in each family of services; `style` is the protocol of the call. */
export function refusalOf(failure: Failure, style: string): AwsError {
  if (style === 'rest-xml') return inS3(failure)
  if (style === 'ec2') return inEc2(failure)
  return style === 'query' ? inQuery(failure) : inJson(failure)
}

function inQuery(failure: Failure): AwsError {
  switch (failure.kind) {
    case 'unsigned':
      return new AwsError('MissingAuthenticationToken', UNSIGNED, { status: 403 })
    case 'incomplete':
      return new AwsError('IncompleteSignature', failure.message, { status: 400 })
    case 'unknown key':
      return new AwsError('InvalidClientTokenId', UNKNOWN, { status: 403 })
    case 'expired session':
      return new AwsError('ExpiredToken', EXPIRED, { status: 403 })
    case 'skewed':
      return new AwsError('SignatureDoesNotMatch', failure.message, { status: 403 })
    case 'expired link':
      return new AwsError('RequestExpired', 'Request has expired.', { status: 400 })
    default:
      return new AwsError('SignatureDoesNotMatch', MISMATCH, { status: 403 })
  }
}

function inJson(failure: Failure): AwsError {
  switch (failure.kind) {
    case 'unsigned':
      return new AwsError('MissingAuthenticationTokenException', UNSIGNED, { status: 403 })
    case 'incomplete':
      return new AwsError('IncompleteSignatureException', failure.message, { status: 400 })
    case 'unknown key':
      return new AwsError('UnrecognizedClientException', UNKNOWN, { status: 403 })
    case 'expired session':
      return new AwsError('ExpiredTokenException', EXPIRED, { status: 403 })
    case 'skewed':
      return new AwsError('InvalidSignatureException', failure.message, { status: 403 })
    default:
      return new AwsError('InvalidSignatureException', MISMATCH, { status: 403 })
  }
}

function inEc2(failure: Failure): AwsError {
  switch (failure.kind) {
    case 'unsigned':
      return new AwsError('MissingAuthenticationToken', UNSIGNED, { status: 403 })
    case 'incomplete':
      return new AwsError('IncompleteSignature', failure.message, { status: 400 })
    case 'skewed':
    case 'expired link':
    case 'expired session':
      return new AwsError('RequestExpired', 'Request has expired.', { status: 400 })
    default:
      return new AwsError('AuthFailure', 'AWS was not able to validate the provided access credentials', { status: 401 })
  }
}

function inS3(failure: Failure): AwsError {
  switch (failure.kind) {
    case 'unsigned':
      return new AwsError('AccessDenied', 'Access Denied', { status: 403 })
    case 'incomplete':
      return new AwsError('AuthorizationHeaderMalformed', failure.message, { status: 400 })
    case 'unknown key':
      return new AwsError('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', {
        status: 403,
        fields: { AWSAccessKeyId: failure.accessKeyId },
      })
    case 'expired session':
      return new AwsError('ExpiredToken', 'The provided token has expired.', { status: 400 })
    case 'skewed':
      return new AwsError('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', {
        status: 403,
      })
    case 'expired link':
      return new AwsError('AccessDenied', 'Request has expired', { status: 403 })
    case 'other payload':
      return new AwsError(
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
        { status: 400 },
      )
    case 'mismatch':
      return new AwsError(
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
        { status: 403 },
      )
  }
}
