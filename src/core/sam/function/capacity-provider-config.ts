import { isMap, type ValueMap } from '../../template/value.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import * as shape from '../shape.ts'

const schema = shape.fields({
  Arn: { shape: shape.orIntrinsic(shape.text), required: true },
  PerExecutionEnvironmentMaxConcurrency: { shape: shape.orIntrinsic(shape.integer) },
  ExecutionEnvironmentMemoryGiBPerVCpu: { shape: shape.orIntrinsic(shape.integer, shape.decimal) },
})

/** Where a function runs on instances of a capacity provider. */
export function capacityProviderConfig({ id, properties }: SamResource): ValueMap | undefined {
  const config = properties['CapacityProviderConfig']
  if (!isMap(config) || !truthy(config)) return undefined
  const read = schema(config, [])
  if ('mistakes' in read) {
    throw invalidResource(id, `Invalid CapacityProviderConfig: ${shape.listing('CapacityProviderConfig', read.mistakes)}`)
  }
  const { Arn, ...limits } = read.value as ValueMap
  return { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: Arn!, ...limits } }
}
