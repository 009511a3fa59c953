import type { Scope } from '#core/aws/scope.ts'
import type { FunctionCode } from '#kit/ports.ts'
import { functionArn } from './names.ts'
import type { FunctionRecord, Revision } from './records.ts'

/** Lambda's limit for an account that never asked for more. */
export const ACCOUNT_CONCURRENCY = 1000

const executables = new WeakMap<FunctionRecord, WeakMap<Revision, FunctionCode>>()

/** What the host runs for this revision: the same value for every call, for as long as the records are the same. */
export function executableOf(scope: Scope, record: FunctionRecord, revision: Revision): FunctionCode {
  const ofRecord = executables.get(record) ?? new WeakMap<Revision, FunctionCode>()
  executables.set(record, ofRecord)
  const known = ofRecord.get(revision)
  if (known) return known
  const { name, reservedConcurrency } = record
  const { configuration: c, code, version } = revision
  const made: FunctionCode = {
    functionArn: functionArn(scope, name, version),
    revision: revision.revisionId,
    name,
    version,
    scope: { account: scope.account, region: scope.region },
    package: code.blob,
    runtime: c.runtime,
    handler: c.handler,
    timeoutSeconds: c.timeout,
    memoryMegabytes: c.memorySize,
    roleArn: c.role,
    environment: c.environment ?? {},
    logGroup: c.logGroup,
    concurrency: reservedConcurrency ?? ACCOUNT_CONCURRENCY,
  }
  ofRecord.set(revision, made)
  return made
}
