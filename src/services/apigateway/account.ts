import { parseArn } from '#core/aws/arn.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import { table } from '#kit/records.ts'
import type { Account as AccountAnswer, PatchOperation } from '#services/models/apigateway.ts'
import { type PatchRules, patched } from './patch.ts'
import { badRequest } from './refusals.ts'

/** What API Gateway knows of an account in a region. */
export interface Account {
  /** The role that execution logs are written with. */
  readonly cloudwatchRoleArn?: string | undefined
}

export const accounts = table<Account>('apigateway/accounts')

const KEY = 'account'

export function getAccount(scope: Scope, { records }: Pick<Ports, 'records'>): Account {
  return records.get(accounts, scope, KEY) ?? {}
}

export function setCloudwatchRole(roleArn: string | undefined, scope: Scope, { records }: Pick<Ports, 'records'>): Account {
  if (roleArn && parseArn(roleArn)?.service !== 'iam') throw badRequest('The role ARN is not well formed')
  const account: Account = { cloudwatchRoleArn: roleArn || undefined }
  records.put(accounts, scope, KEY, account)
  return account
}

export function updateAccount(
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Pick<Ports, 'records'>,
): Account {
  const { cloudwatchRoleArn } = patched(getAccount(scope, ports), operations, ACCOUNT_PATCHES)
  return setCloudwatchRole(cloudwatchRoleArn, scope, ports)
}

const ACCOUNT_PATCHES: PatchRules<Account> = {
  remove: { '/cloudwatchRoleArn': () => ({}) },
  replace: { '/cloudwatchRoleArn': (_account, cloudwatchRoleArn) => ({ cloudwatchRoleArn }) },
}

export function describeAccount({ cloudwatchRoleArn }: Account): AccountAnswer {
  return {
    cloudwatchRoleArn,
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    features: ['UsagePlans'],
    apiKeyVersion: '4',
  }
}
