import { isMap, type ValueMap } from '../../template/value.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'

const PROPERTIES = ['Arn', 'PerExecutionEnvironmentMaxConcurrency', 'ExecutionEnvironmentMemoryGiBPerVCpu']

/** Where a function runs on instances of a capacity provider. */
export function capacityProviderConfig({ id, properties }: SamResource): ValueMap | undefined {
  const config = properties['CapacityProviderConfig']
  if (!isMap(config) || !truthy(config)) return undefined
  const unknown = Object.keys(config).find((name) => !PROPERTIES.includes(name))
  const [problem, place] =
    unknown !== undefined ? ['extra fields not permitted (type=value_error.extra)', unknown] : missing(config)
  if (problem !== undefined) {
    throw invalidResource(
      id,
      `Invalid CapacityProviderConfig: 1 validation error for CapacityProviderConfig\n${place}\n  ${problem}`,
    )
  }
  const { Arn, PerExecutionEnvironmentMaxConcurrency: most, ExecutionEnvironmentMemoryGiBPerVCpu: memory } = config
  return {
    LambdaManagedInstancesCapacityProviderConfig: {
      CapacityProviderArn: Arn!,
      ...((most ?? null) !== null && { PerExecutionEnvironmentMaxConcurrency: most! }),
      ...((memory ?? null) !== null && { ExecutionEnvironmentMemoryGiBPerVCpu: memory! }),
    },
  }
}

function missing(config: ValueMap): [string?, string?] {
  return (config['Arn'] ?? null) === null ? ['field required (type=value_error.missing)', 'Arn'] : []
}
