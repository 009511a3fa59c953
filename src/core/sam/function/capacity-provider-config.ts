import { isMap, type ValueMap } from '../../template/value.ts'
import { listing, placeOf } from '../mistakes.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import { decimal, fields, integer, optional, orIntrinsic, required, text } from '../shape.ts'

const schema = fields({
  Arn: required(orIntrinsic(text)),
  PerExecutionEnvironmentMaxConcurrency: optional(orIntrinsic(integer)),
  ExecutionEnvironmentMemoryGiBPerVCpu: optional(orIntrinsic(integer, decimal)),
})

/** Where a function runs on instances of a capacity provider. */
export function capacityProviderConfig({ id, properties }: SamResource): ValueMap | undefined {
  const config = properties['CapacityProviderConfig']
  if (!isMap(config) || !truthy(config)) return undefined
  const read = schema(config, [])
  if ('mistakes' in read) {
    const problem = `Invalid CapacityProviderConfig: ${listing('CapacityProviderConfig', read.mistakes)}`
    throw invalidResource(id, problem, placeOf(config, read.mistakes[0]!))
  }
  const { Arn, ...limits } = read.value
  return { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: Arn, ...limits } }
}
