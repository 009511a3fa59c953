import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { FunctionAnswer, FunctionCall, Functions, Outcome, Ports } from '#kit/ports.ts'
import { ACCOUNT_CONCURRENCY, executableOf, objectionTo } from './executable.ts'
import { findRevision } from './functions.ts'
import { functionArn, readFunctionName, scopeOfName } from './names.ts'
import { permits } from './permissions.ts'
import { type FunctionRecord, functions } from './records.ts'

type Reach = Pick<Ports, 'records' | 'host' | 'ids'>

/** Lambda's limit for an event, in bytes. */
const LARGEST_EVENT = 6_291_456
/** ARNs that callers used, read once; callers name them, so no more than this are remembered. */
const MOST_NAMES = 10_000

interface Target {
  readonly scope: Scope
  readonly name: string
  readonly qualifier?: string
  readonly arn: string
}

/** Calls functions: may this caller, which revision is meant, is there room, and then the host. */
export function functionsPort(ports: Reach): Functions {
  const targets = new Map<string, Target>()
  const targetOf = (arn: string): Target => {
    const known = targets.get(arn)
    if (known) return known
    const scope = scopeOfName(arn, { account: '', region: '' })
    const named = readFunctionName(arn)
    const target = { scope, ...named, arn: functionArn(scope, named.name, named.qualifier) }
    if (targets.size >= MOST_NAMES) targets.clear()
    targets.set(arn, target)
    return target
  }
  return { invoke: (call) => invoke(call, targetOf(call.functionArn), ports) }
}

async function invoke(call: FunctionCall, { scope, name, qualifier, arn }: Target, ports: Reach): Promise<FunctionAnswer> {
  const record = ports.records.get(functions, scope, name)
  if (!record) return missing(arn)
  if (call.as !== 'account' && !permits(scope, name, qualifier, call.as, ports)) {
    const { service, sourceArn } = call.as
    return refused(
      'lambda/not-permitted',
      `no statement of the policy of \`${arn}\` lets \`${service}\` invoke it for \`${sourceArn}\``,
      {
        code: 'AccessDeniedException',
        status: 403,
        message: `User: ${service} is not authorized to perform: lambda:InvokeFunction on resource: ${arn}`,
      },
    )
  }
  if (call.payload.length > LARGEST_EVENT) {
    const message = `Request must be smaller than ${LARGEST_EVENT} bytes for the InvokeFunction operation`
    return refused('lambda/event-too-large', `the event has ${call.payload.length} bytes`, {
      code: 'RequestTooLargeException',
      status: 413,
      message,
    })
  }
  const found = routed(findRevision(scope, record, qualifier, ports), scope, record, ports)
  if (!found) return missing(arn)
  if (record.reservedConcurrency === 0) return throttled(arn, 0)
  const objection = objectionTo(found.revision)
  if (objection !== undefined)
    return refused('lambda/not-run', objection, { code: 'InvalidRuntimeException', status: 502, message: objection })

  const code = executableOf(scope, record, found.revision)
  const requestId = ports.ids.uuid()
  const running = ports.host.run(code, {
    requestId,
    payload: call.payload,
    invokedArn: arn,
    ...(call.clientContext !== undefined && { clientContext: call.clientContext }),
    ...(call.traceId !== undefined && { traceId: call.traceId }),
    ...(call.tail && { tail: true }),
  })
  let outcome: Outcome
  try {
    outcome = await running
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    // A package whose table of contents lied about what is in it, found out when it was unpacked.
    return refused('lambda/bad-package', `the deployment package of \`${arn}\` cannot be unpacked`, {
      code: 'InvalidZipFileException',
      status: 502,
      message: error.message,
    })
  }
  if (outcome.kind === 'throttled') return throttled(arn, record.reservedConcurrency)
  return {
    kind: 'answered',
    requestId,
    payload: outcome.payload,
    executedVersion: code.version,
    ...(outcome.kind === 'error' && { functionError: 'Unhandled' }),
    ...(outcome.logTail !== undefined && { logTail: outcome.logTail }),
  }
}

/** The version to run: of an alias with a second version, that one for its share of the calls. */
function routed(found: Found | undefined, scope: Scope, record: FunctionRecord, ports: Reach): Found | undefined {
  const routing = found?.alias?.routing
  if (!routing) return found
  const [first = 0, second = 0] = ports.ids.bytes(2)
  return (first * 256 + second) / 65_536 < routing.weight ? findRevision(scope, record, routing.version, ports) : found
}

type Found = NonNullable<ReturnType<typeof findRevision>>

function missing(arn: string): FunctionAnswer {
  return refused('lambda/no-function', `there is no function \`${arn}\``, {
    code: 'ResourceNotFoundException',
    status: 404,
    message: `Function not found: ${arn}`,
    fields: { Type: 'User' },
  })
}

function throttled(arn: string, reserved: number | undefined): FunctionAnswer {
  const limit = reserved ?? ACCOUNT_CONCURRENCY
  const Reason =
    reserved === undefined ? 'ConcurrentInvocationLimitExceeded' : 'ReservedFunctionConcurrentInvocationLimitExceeded'
  return refused('lambda/throttled', `\`${arn}\` may run ${limit} times at once, and does`, {
    code: 'TooManyRequestsException',
    status: 429,
    message: 'Rate Exceeded.',
    fields: { Reason, Type: 'User' },
  })
}

function refused(code: string, text: string, error: Extract<FunctionAnswer, { kind: 'refused' }>['error']): FunctionAnswer {
  return { kind: 'refused', because: { code, text }, error }
}
