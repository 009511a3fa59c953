import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import { getParameter, type ParameterRecord, type ParameterVersion, parameterArn } from './parameters.ts'

/** The parameter that `name`, `name:3` or its ARN means, at that version. */
export function selected(scope: Scope, given: string, ports: Pick<Ports, 'records'>) {
  const [, path = given] = /^arn:[^:]+:ssm:[^:]*:\d*:parameter(\/.+)$/.exec(given) ?? []
  const [name = '', selector] = path.split(':')
  const parameter = found(scope, name, given !== path, ports)
  const version = selector === undefined ? parameter.versions.at(-1) : parameter.versions.find(hasNumber(selector))
  if (!version) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
    )
  }
  return { ...shownParameter(scope, parameter, version), ...(selector !== undefined && { Selector: `:${selector}` }) }
}

/** An ARN does not tell whether the name begins with a slash. */
function found(scope: Scope, name: string, isFromArn: boolean, ports: Pick<Ports, 'records'>): ParameterRecord {
  if (!isFromArn) return getParameter(scope, name, ports)
  try {
    return getParameter(scope, name.slice(1), ports)
  } catch {
    return getParameter(scope, name, ports)
  }
}

function hasNumber(selector: string) {
  return ({ version }: ParameterVersion) => String(version) === selector
}

export function shownParameter(scope: Scope, { name, type, dataType }: ParameterRecord, version: ParameterVersion) {
  return {
    Name: name,
    Type: type,
    Value: version.value,
    Version: version.version,
    LastModifiedDate: new Date(version.at),
    ARN: parameterArn(scope, name),
    DataType: dataType,
  }
}
