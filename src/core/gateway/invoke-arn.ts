import { partitionOf } from '../aws/scope.ts'
import type { RestApiSnapshot } from './deployment.ts'

/** What stands before `{METHOD}/{path}` in the ARN that policies are asked about. */
export function invokeArnPrefix({ region, account, apiId }: RestApiSnapshot, stageName: string): string {
  return `arn:${partitionOf(region)}:execute-api:${region}:${account}:${apiId}/${stageName}/`
}

/**
 * The resource of one request: the path without its leading slash, as it is routed.
 * unverified: whether AWS decodes percent-encoding before it asks policies; routes and parameters it leaves encoded.
 */
export function invokeArn(prefix: string, method: string, path: string): string {
  const end = path.length > 1 && path.endsWith('/') ? path.length - 1 : path.length
  return `${prefix}${method}/${path.slice(1, end)}`
}

/** In refusals AWS shows only the last four digits of the account. */
export function maskAccount(arn: string, account: string): string {
  return arn.replace(`:${account}:`, `:********${account.slice(-4)}:`)
}
