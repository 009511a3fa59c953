import { AwsError } from '#core/aws/aws-error.ts'
import { invalid } from './names.ts'
import type { Configuration } from './records.ts'
import { checkRuntime } from './runtimes.ts'

/** What a caller or a template says of a function, in the shape that both share. */
export interface WantedConfiguration {
  readonly PackageType?: string | undefined
  readonly Runtime?: string | undefined
  readonly Handler?: string | undefined
  readonly Role?: string | undefined
  readonly Description?: string | undefined
  readonly Timeout?: number | undefined
  readonly MemorySize?: number | undefined
  readonly Architectures?: readonly string[] | undefined
  readonly EphemeralStorage?: { readonly Size: number } | undefined
  readonly TracingConfig?: { readonly Mode?: string | undefined } | undefined
  readonly LoggingConfig?: { readonly LogGroup?: string | undefined; readonly LogFormat?: string | undefined } | undefined
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> | undefined } | undefined
  readonly VpcConfig?:
    | { readonly SubnetIds?: readonly string[] | undefined; readonly SecurityGroupIds?: readonly string[] | undefined }
    | undefined
  readonly DeadLetterConfig?: { readonly TargetArn?: string | undefined } | undefined
  readonly KMSKeyArn?: string | undefined
}

const ENVIRONMENT_LIMIT = 4096
const ROLE = /^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED = new Set(
  [
    '_HANDLER _X_AMZN_TRACE_ID AWS_DEFAULT_REGION AWS_REGION AWS_EXECUTION_ENV AWS_LAMBDA_FUNCTION_NAME',
    'AWS_LAMBDA_FUNCTION_MEMORY_SIZE AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_INITIALIZATION_TYPE AWS_LAMBDA_LOG_GROUP_NAME',
    'AWS_LAMBDA_LOG_STREAM_NAME AWS_ACCESS_KEY AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_LAMBDA_RUNTIME_API',
    'LAMBDA_TASK_ROOT LAMBDA_RUNTIME_DIR',
  ].flatMap((names) => names.split(' ')),
)

/** A new function's configuration, with Lambda's defaults. */
export function newConfiguration(name: string, wanted: WantedConfiguration): Configuration {
  const isImage = wanted.PackageType === 'Image'
  const { Runtime = isImage ? '' : undefined, Handler = isImage ? '' : undefined, Role = '' } = wanted
  if (Runtime === undefined) throw invalid('Runtime is mandatory for functions created with deployment packages.')
  if (Handler === undefined) throw invalid('Handler is mandatory for functions created with deployment packages.')
  return changedConfiguration(
    {
      runtime: Runtime,
      handler: Handler,
      role: Role,
      description: '',
      timeout: 3,
      memorySize: 128,
      architectures: ['x86_64'],
      ephemeralStorage: 512,
      tracingMode: 'PassThrough',
      logGroup: `/aws/lambda/${name}`,
    },
    wanted,
  )
}

/** `before` with all that `wanted` says; what it leaves out stays. */
export function changedConfiguration(before: Configuration, wanted: WantedConfiguration): Configuration {
  const { Environment, VpcConfig, DeadLetterConfig, LoggingConfig } = wanted
  const after: Configuration = {
    ...before,
    runtime: wanted.Runtime ?? before.runtime,
    handler: wanted.Handler ?? before.handler,
    role: wanted.Role ?? before.role,
    description: wanted.Description ?? before.description,
    timeout: wanted.Timeout ?? before.timeout,
    memorySize: wanted.MemorySize ?? before.memorySize,
    architectures: wanted.Architectures ?? before.architectures,
    ephemeralStorage: wanted.EphemeralStorage?.Size ?? before.ephemeralStorage,
    tracingMode: wanted.TracingConfig?.Mode ?? before.tracingMode,
    logGroup: LoggingConfig?.LogGroup ?? before.logGroup,
    ...(Environment && { environment: Environment.Variables ?? {} }),
    ...(VpcConfig && { vpc: { subnetIds: VpcConfig.SubnetIds ?? [], securityGroupIds: VpcConfig.SecurityGroupIds ?? [] } }),
    ...(DeadLetterConfig?.TargetArn && { deadLetterTarget: DeadLetterConfig.TargetArn }),
    ...(wanted.KMSKeyArn && { kmsKeyArn: wanted.KMSKeyArn }),
  }
  check(after)
  return after
}

/** What Lambda's model would refuse; a template's values do not pass through it. */
function check({ runtime, role, timeout, memorySize, ephemeralStorage, environment }: Configuration): void {
  if (!ROLE.test(role))
    throw constraint(role, 'role', `satisfy regular expression pattern: ${ROLE.source.slice(1, -1).replaceAll('\\/', '/')}`)
  if (runtime !== '') checkRuntime(runtime)
  checkRange(timeout, 'timeout', 1, 900)
  checkRange(memorySize, 'memorySize', 128, 10_240)
  checkRange(ephemeralStorage, 'ephemeralStorage.size', 512, 10_240)
  if (environment) checkEnvironment(environment)
}

function checkRange(value: number, member: string, least: number, most: number): void {
  if (value < least) throw constraint(value, member, `have value greater than or equal to ${least}`)
  if (value > most) throw constraint(value, member, `have value less than or equal to ${most}`)
}

function checkEnvironment(environment: Readonly<Record<string, string>>): void {
  const prefix = 'Lambda was unable to configure your environment variables because the environment variables you have provided'
  const reserved = Object.keys(environment).filter((key) => RESERVED.has(key))
  if (reserved.length > 0)
    throw invalid(
      `${prefix} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    )
  const measured = JSON.stringify(environment)
  if (Buffer.byteLength(measured) > ENVIRONMENT_LIMIT)
    throw invalid(`${prefix} exceeded the 4KB limit. String measured: ${measured}`)
}

function constraint(value: string | number, member: string, must: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${must}`,
    { status: 400 },
  )
}
