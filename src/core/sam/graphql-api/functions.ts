import { positionOf } from '../../template/position.ts'
import type { Value, ValueMap } from '../../template/value.ts'
import { checkLogicalId, type GeneratedResource } from '../generated-resource.ts'
import { getAtt } from '../intrinsics.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import { noneDataSource } from './data-sources.ts'
import type { GraphQLApiModel, PipelineFunction, Resolver } from './model.ts'
import { apiId, part } from './part.ts'

export interface Functions {
  readonly resources: GeneratedResource[]
  /** By the key under `Functions`: what a pipeline names the function by. */
  readonly ids: ReadonlyMap<string, Value>
  /** The one data source of all functions that ask for none. */
  readonly none: GeneratedResource | undefined
}

/** The steps of which resolvers are made, some of them from elsewhere. */
export function functions(
  api: SamResource,
  written: GraphQLApiModel['Functions'],
  sources: ReadonlyMap<string, string>,
): Functions {
  const steps = Object.entries(written ?? {})
  const none = steps.some(([, step]) => asksForNone(step)) ? noneDataSource(api) : undefined
  const resources: GeneratedResource[] = []
  const ids = new Map<string, Value>()
  for (const [key, step] of steps) {
    if (truthy(step.Id)) {
      if (Object.keys(step).length > 1) throw refusal(key, step, "'Id' cannot be defined with other properties in Function.")
      ids.set(key, step.Id!)
      continue
    }
    checkLogicalId(`${api.id}${key}`)
    const code = codeOf(key, step)
    if (!code) throw refusal(key, step, "One of 'InlineCode' or 'CodeUri' must be set.")
    const { MaxBatchSize, Description, Sync: SyncConfig } = step
    const resource = part(api, key, 'AWS::AppSync::FunctionConfiguration', {
      ApiId: apiId(api),
      Name: truthy(step.Name) ? step.Name! : key,
      ...code,
      DataSourceName: asksForNone(step) ? getAtt(none!.id, 'Name') : sourceName(key, step, sources),
      MaxBatchSize,
      Description,
      Runtime: runtimeOf(key, step),
      SyncConfig,
    })
    ids.set(key, getAtt(resource.id, 'FunctionId'))
    resources.push(resource)
  }
  return { resources, ids, none }
}

const refusal = (key: string, step: object, text: string) => invalidResource(key, text, positionOf(step))

function asksForNone({ DataSource: source }: PipelineFunction): boolean {
  return typeof source === 'string' && source.toLowerCase() === 'none'
}

/** A data source of this API goes by its key, one from elsewhere by an intrinsic function. */
function sourceName(key: string, step: PipelineFunction, sources: ReadonlyMap<string, string>): Value {
  const { DataSource: source } = step
  if (source === undefined || !truthy(source)) throw refusal(key, step, "'DataSource' must be set.")
  if (typeof source !== 'string') return source
  const id = sources.get(source)
  if (id !== undefined) return getAtt(id, 'Name')
  throw refusal(
    key,
    step,
    `Either define DataSource '${source}' in 'DataSources' or use intrinsic function like GetAtt, ImportValue, Sub or another one to reference a DataSource defined outside of this GraphQLApi resource.`,
  )
}

/** The code that the user gives a function or a resolver. */
export function codeOf(key: string, step: PipelineFunction | Resolver): { Code: Value } | { CodeS3Location: Value } | undefined {
  const { InlineCode, CodeUri } = step
  if (truthy(InlineCode) && truthy(CodeUri)) {
    throw refusal(key, step, "Both 'InlineCode' and 'CodeUri' cannot be defined at the same time.")
  }
  if (truthy(InlineCode)) return { Code: InlineCode! }
  return truthy(CodeUri) ? { CodeS3Location: CodeUri! } : undefined
}

export function runtimeOf(key: string, step: PipelineFunction | Resolver): ValueMap {
  const { Runtime: runtime } = step
  if (!runtime) throw refusal(key, step, `'Runtime' must be defined as a property in ${key}.`)
  return { Name: runtime.Name, RuntimeVersion: runtime.Version }
}
