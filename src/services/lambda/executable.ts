import type { Scope } from '#core/aws/scope.ts'
import type { FunctionCode, Ports } from '#kit/ports.ts'
import { limits } from './limits.ts'
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

/** Why this revision cannot be run, though it is there: its stack takes stubs. */
export function objectionTo({ code, configuration }: Revision): string | undefined {
  return limits['Code.ImageUri'](code.imageUri) ?? limits.Runtime(configuration.runtime)
}

/** Lets the host make ready for calls of the latest revision, where there can be any. */
export function prepare(scope: Scope, record: FunctionRecord, { host }: Pick<Ports, 'host'>): void {
  if (objectionTo(record.latest) === undefined) host.prepare?.(executableOf(scope, record, record.latest))
}
