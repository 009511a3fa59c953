import type { FunctionCode } from '#kit/ports.ts'

export interface Surroundings {
  readonly taskRoot: string
  /** A folder of the environment's own, for temporary files. */
  readonly scratch: string
  readonly logStream: string
  readonly runtimeApi: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string }
  /** Where an AWS SDK inside the function finds Postern. */
  readonly endpoint: string
  /** Postern's folder of bootstraps. */
  readonly runtimeRoot: string
}

/** Variables that a Node.js process reads only while it starts, or that change how it is loaded. */
const READ_AT_START = /^(NODE_|LD_|DYLD_|UV_)/

/**
 * All that a function finds in its environment: Lambda's variables with its values, then the function's own. Three differ from Lambda
 * because there is no image of Amazon Linux here: `LAMBDA_TASK_ROOT`, `LAMBDA_RUNTIME_DIR` and `PWD` name real folders instead of
 * `/var/task` and `/var/runtime`, and so do the search paths. Three are added: `HOME` and `TMPDIR`, because `/tmp` is shared with the
 * machine, and `AWS_ENDPOINT_URL`, which is what makes an AWS SDK reach Postern.
 */
export function environmentVariables(code: FunctionCode, around: Surroundings): Record<string, string> {
  const { region } = code.scope
  const { taskRoot, runtimeRoot, scratch, credentials } = around
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${code.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: code.name,
    AWS_LAMBDA_FUNCTION_VERSION: code.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(code.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: code.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: around.logStream,
    AWS_LAMBDA_RUNTIME_API: around.runtimeApi,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '169.254.100.1:2000',
    _AWS_XRAY_DAEMON_ADDRESS: '169.254.100.1',
    _AWS_XRAY_DAEMON_PORT: '2000',
    _HANDLER: code.handler,
    LAMBDA_RUNTIME_DIR: runtimeRoot,
    LAMBDA_TASK_ROOT: taskRoot,
    LANG: 'en_US.UTF-8',
    LD_LIBRARY_PATH: [`${taskRoot}`, `${taskRoot}/lib`].join(':'),
    PATH: '/usr/local/bin:/usr/bin:/bin',
    PWD: taskRoot,
    SHLVL: '0',
    TZ: ':UTC',
    ...(isNode(code) && { NODE_PATH: [`${runtimeRoot}/node_modules`, runtimeRoot, taskRoot].join(':') }),
    HOME: scratch,
    TMPDIR: scratch,
    AWS_ENDPOINT_URL: around.endpoint,
    ...code.environment,
  }
}

export const isNode = ({ runtime }: Pick<FunctionCode, 'runtime'>): boolean => runtime.startsWith('nodejs')

/** The function's own variables that must be there when its process starts. Where there are any, no process started beforehand will do. */
export function variablesAtStart({ environment }: FunctionCode): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => READ_AT_START.test(name)))
}
