import { partitionOf } from '#core/aws/scope.ts'
import type { Caller } from '#kit/operation.ts'
import type { Credentials } from '#kit/ports.ts'
import type { WireRequest } from './exchange.ts'
import type { Credential } from './signature/credential.ts'

/** The account of access keys that say nothing about theirs. */
const DEFAULT_ACCOUNT = '000000000000'
const DEFAULT_REGION = 'us-east-1'

/**
 * Who calls. A key that Postern gave out is its role's session; twelve digits are the account itself; any other key belongs to the
 * default account. A key that nobody gave out is the account's root: there is no user it could name, and like root it may do
 * everything in its account.
 */
export function callerOf(
  credential: Credential | undefined,
  request: Pick<WireRequest, 'headers'>,
  context: { requestId: string; scheme: 'http' | 'https'; credentials: Pick<Credentials, 'find'>; endpoint: string },
): Caller {
  const region = credential?.region ?? DEFAULT_REGION
  const partition = partitionOf(region)
  const issued = credential && context.credentials.find(credential.accessKeyId)
  const account = issued?.account ?? accountOf(credential?.accessKeyId)
  const host = request.headers['host']
  return {
    account,
    region,
    partition,
    principalArn: issued?.principalArn ?? `arn:${partition}:iam::${account}:root`,
    requestId: context.requestId,
    endpoint: host ? `${context.scheme}://${host}` : context.endpoint,
    headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => name.startsWith('x-postern-'))),
  }
}

function accountOf(accessKeyId: string | undefined): string {
  return accessKeyId && /^\d{12}$/.test(accessKeyId) ? accessKeyId : DEFAULT_ACCOUNT
}
