import type { Value, ValueMap } from '../../template/value.ts'
import { checkLogicalId, type GeneratedResource } from '../generated-resource.ts'
import { getAtt } from '../intrinsics.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import { noneDataSource } from './data-sources.ts'
import type { GraphQLApiModel, PipelineFunction, Runtime } from './model.ts'
import { apiId, part } from './part.ts'

export interface Functions {
  readonly resources: GeneratedResource[]
  /** By the key under `Functions`: what a pipeline names the function by. */
  readonly ids: ReadonlyMap<string, Value>
  /** Made when a function asks for no data at all. */
  readonly none: GeneratedResource | undefined
}

/** The steps of which resolvers are made, some of them from elsewhere. */
export function functions(
  api: SamResource,
  written: GraphQLApiModel['Functions'],
  sources: ReadonlyMap<string, string>,
): Functions {
  const resources: GeneratedResource[] = []
  const ids = new Map<string, Value>()
  let none: GeneratedResource | undefined
  const sourceName = (key: string, source: PipelineFunction['DataSource']): Value => {
    if (!truthy(source)) throw invalidResource(key, "'DataSource' must be set.")
    if (typeof source !== 'string') return source!
    if (source.toLowerCase() === 'none') {
      none ??= noneDataSource(api)
      return getAtt(none.id, 'Name')
    }
    const id = sources.get(source)
    if (id !== undefined) return getAtt(id, 'Name')
    throw invalidResource(
      key,
      `Either define DataSource '${source}' in 'DataSources' or use intrinsic function like GetAtt, ImportValue, Sub or another one to reference a DataSource defined outside of this GraphQLApi resource.`,
    )
  }
  for (const [key, step] of Object.entries(written ?? {})) {
    if (truthy(step.Id)) {
      if (Object.keys(step).length > 1) throw invalidResource(key, "'Id' cannot be defined with other properties in Function.")
      ids.set(key, step.Id!)
      continue
    }
    checkLogicalId(`${api.id}${key}`)
    const code = functionCode(key, step)
    const DataSourceName = sourceName(key, step.DataSource)
    const { MaxBatchSize, Description, Sync: SyncConfig } = step
    const resource = part(api, key, 'AWS::AppSync::FunctionConfiguration', {
      ApiId: apiId(api),
      Name: truthy(step.Name) ? step.Name! : key,
      ...code,
      DataSourceName,
      MaxBatchSize,
      Description,
      Runtime: runtimeOf(key, step.Runtime),
      SyncConfig,
    })
    ids.set(key, getAtt(resource.id, 'FunctionId'))
    resources.push(resource)
  }
  return { resources, ids, none }
}

type Code = { Code?: Value; CodeS3Location?: Value }

function functionCode(key: string, step: PipelineFunction): Code {
  const code = codeOf(key, step)
  if (!code) throw invalidResource(key, "One of 'InlineCode' or 'CodeUri' must be set.")
  return code
}

/** The code that the user gives a function or a resolver. */
export function codeOf(key: string, { InlineCode, CodeUri }: { InlineCode?: Value; CodeUri?: Value }): Code | undefined {
  if (truthy(InlineCode) && truthy(CodeUri)) {
    throw invalidResource(key, "Both 'InlineCode' and 'CodeUri' cannot be defined at the same time.")
  }
  if (truthy(InlineCode)) return { Code: InlineCode! }
  return truthy(CodeUri) ? { CodeS3Location: CodeUri! } : undefined
}

export function runtimeOf(key: string, runtime: Runtime | undefined): ValueMap {
  if (!runtime) throw invalidResource(key, `'Runtime' must be defined as a property in ${key}.`)
  return { Name: runtime.Name, RuntimeVersion: runtime.Version }
}
