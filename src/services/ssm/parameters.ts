import { AwsError } from '#core/aws/aws-error.ts'
import { partitionOf, type Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import { table } from '#kit/records.ts'

/** A parameter with what it held before: at most a hundred versions, the newest last. */
export interface ParameterRecord {
  readonly name: string
  readonly type: 'String' | 'StringList'
  readonly description?: string
  readonly allowedPattern?: string
  readonly dataType: string
  readonly tier: 'Standard' | 'Advanced'
  readonly tags: Readonly<Record<string, string>>
  readonly versions: readonly [ParameterVersion, ...ParameterVersion[]]
}

export interface ParameterVersion {
  readonly version: number
  readonly value: string
  readonly at: number
}

/** What is told of a parameter when it is put. */
export type ParameterSettings = Partial<Pick<ParameterRecord, 'description' | 'allowedPattern' | 'dataType' | 'tier'>> & {
  readonly name: string
  readonly value: string
  readonly type?: string | undefined
}

export const parameters = table<ParameterRecord>('ssm/parameters')

type Store = Pick<Ports, 'records'>

const MOST_VERSIONS = 100
/** Bytes that a value may have, by tier. */
const ROOM = { Standard: 4096, Advanced: 8192 }

export function parameterArn({ account, region }: Scope, name: string): string {
  return `arn:${partitionOf(region)}:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`
}

export function createParameter(
  scope: Scope,
  { tags = {}, ...settings }: ParameterSettings & { readonly tags?: Readonly<Record<string, string>> },
  ports: Store & Pick<Ports, 'clock'>,
): ParameterRecord {
  if (ports.records.get(parameters, scope, settings.name)) {
    throw new AwsError(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    )
  }
  const type = supportedType(settings.type)
  if (!type) throw invalid('A parameter type is required when you create a parameter.')
  checkName(settings.name)
  const { name, value, tier = 'Standard', dataType = 'text', description, allowedPattern } = settings
  return put(
    scope,
    {
      name,
      type,
      tier,
      dataType,
      tags,
      ...(description !== undefined && { description }),
      ...(allowedPattern !== undefined && { allowedPattern }),
      versions: [{ version: 1, value, at: ports.clock.now() }],
    },
    ports,
  )
}

/** A new version; what the settings leave out stays. */
export function changeParameter(
  scope: Scope,
  { name, value, type, ...settings }: ParameterSettings,
  ports: Store & Pick<Ports, 'clock'>,
): ParameterRecord {
  const { versions, ...before } = getParameter(scope, name, ports)
  const version = (versions.at(-1)?.version ?? 0) + 1
  const kept = [...versions, { version, value, at: ports.clock.now() }].slice(-MOST_VERSIONS)
  const changed = { ...before, ...settings, type: supportedType(type) ?? before.type }
  return put(scope, { ...changed, versions: kept as [ParameterVersion, ...ParameterVersion[]] }, ports)
}

export function getParameter(scope: Scope, name: string, { records }: Store): ParameterRecord {
  const found = records.get(parameters, scope, name)
  // SSM says nothing more: the message is empty.
  if (!found) throw new AwsError('ParameterNotFound', '')
  return found
}

/** Whether there was one. */
export function deleteParameter(scope: Scope, name: string, { records }: Store): boolean {
  const exists = records.get(parameters, scope, name) !== undefined
  records.delete(parameters, scope, name)
  return exists
}

export function setTags(scope: Scope, name: string, tags: Readonly<Record<string, string>>, { records }: Store): void {
  const found = records.get(parameters, scope, name)
  if (!found) throw new AwsError('InvalidResourceId', '')
  records.put(parameters, scope, name, { ...found, tags })
}

export function tagsOf(scope: Scope, name: string, { records }: Store): Readonly<Record<string, string>> {
  const found = records.get(parameters, scope, name)
  if (!found) throw new AwsError('InvalidResourceId', '')
  return found.tags
}

function put(scope: Scope, parameter: ParameterRecord, { records }: Store): ParameterRecord {
  const value = parameter.versions.at(-1)?.value ?? ''
  const room = ROOM[parameter.tier]
  if (Buffer.byteLength(value) > room) {
    throw invalid(
      parameter.tier === 'Standard'
        ? 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html'
        : 'Advanced tier parameters support a maximum parameter value of 8192 characters.',
    )
  }
  if (parameter.allowedPattern !== undefined && !new RegExp(parameter.allowedPattern).test(value)) {
    throw new AwsError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${parameter.allowedPattern}`,
    )
  }
  records.put(parameters, scope, parameter.name, parameter)
  return parameter
}

function supportedType(type: string | undefined): ParameterRecord['type'] | undefined {
  if (type === 'SecureString')
    throw new AwsError('NotImplemented', 'SecureString parameters are not supported by postern yet', { status: 501 })
  return type as ParameterRecord['type'] | undefined
}

function checkName(name: string): void {
  const first = name.replace(/^\//, '').split('/')[0] ?? ''
  if (/^aws/i.test(first)) throw new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`)
  if (/^ssm/i.test(first) || !/^[\w.\-/]+$/.test(name)) {
    throw invalid(
      'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
    )
  }
  if (name.includes('/') && !name.startsWith('/')) throw invalid('Parameter name must be a fully qualified name.')
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message, { status: 400 })
}
