import { AwsError } from '#core/aws/aws-error.ts'
import { dnsSuffixOf } from '#core/aws/scope.ts'
import { zonesOf } from '#core/aws/zones.ts'

/** An AWS service that VPC endpoints can be made for. */
export interface EndpointService {
  /** `com.amazonaws.{region}.execute-api` */
  readonly name: string
  readonly types: readonly ('Interface' | 'Gateway')[]
  /** The names that private DNS answers for in the VPC. */
  readonly privateDnsNames: readonly string[]
  readonly zones: readonly string[]
}

// Services whose private names are not `{name}.{region}.{suffix}`.
const PRIVATE_NAMES: Readonly<Record<string, (region: string, suffix: string) => readonly string[]>> = {
  // The apex and the wildcard, in this order: recorded.
  'execute-api': (region, suffix) => [`execute-api.${region}.${suffix}`, `*.execute-api.${region}.${suffix}`],
  'ecr.api': (region, suffix) => [`api.ecr.${region}.${suffix}`],
  'ecr.dkr': (region, suffix) => [`*.dkr.ecr.${region}.${suffix}`, `dkr.ecr.${region}.${suffix}`],
  'kinesis-streams': (region, suffix) => [`kinesis.${region}.${suffix}`],
  s3: (region, suffix) => [`s3.${region}.${suffix}`, `*.s3.${region}.${suffix}`],
}

const BOTH: readonly string[] = ['dynamodb', 's3']

const INTERFACE: readonly string[] = [
  'cloudformation',
  'ec2',
  'ec2messages',
  'ecr.api',
  'ecr.dkr',
  'ecs',
  'ecs-agent',
  'ecs-telemetry',
  'elasticloadbalancing',
  'events',
  'execute-api',
  'kinesis-streams',
  'kms',
  'lambda',
  'logs',
  'monitoring',
  'rds',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'ssmmessages',
  'states',
  'sts',
  'xray',
]

/** The services of a region, in order of their names. */
export function endpointServicesOf(region: string): readonly EndpointService[] {
  const suffix = dnsSuffixOf(region)
  const zones = zonesOf(region).map(({ name }) => name)
  return [...INTERFACE, ...BOTH].sort().map((name) => ({
    name: `com.amazonaws.${region}.${name}`,
    types: BOTH.includes(name) ? ['Gateway', 'Interface'] : ['Interface'],
    privateDnsNames: PRIVATE_NAMES[name]?.(region, suffix) ?? [`${name}.${region}.${suffix}`],
    zones,
  }))
}

/** The service of an endpoint of this type, or AWS's refusal. */
export function checkedService(region: string, name: string, type: 'Interface' | 'Gateway'): EndpointService {
  const service = endpointServicesOf(region).find((one) => one.name === name)
  if (!service) throw new AwsError('InvalidServiceName', `The Vpc Endpoint Service '${name}' does not exist`)
  if (!service.types.includes(type))
    throw new AwsError(
      'InvalidParameter',
      `Endpoint type (${type}) does not match available service types ([${service.types.join(', ')}]).`,
    )
  return service
}

export function isExecuteApi({ serviceName, type }: { readonly serviceName: string; readonly type: string }): boolean {
  return type === 'Interface' && serviceName.endsWith('.execute-api')
}
