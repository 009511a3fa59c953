import { positionOf, positionOfMember } from '../../template/position.ts'
import type { Value } from '../../template/value.ts'
import { checkLogicalId, type GeneratedResource, generated, type Properties } from '../generated-resource.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import { codeOf, runtimeOf } from './functions.ts'
import type { GraphQLApiModel, Resolver } from './model.ts'
import { apiId } from './part.ts'

/** What a resolver does around its functions where the user does not say: hands their last result on. */
const PASS_ON = `
export function request(ctx) {
    return {};
}

export function response(ctx) {
    return ctx.prev.result;
}
`

/** The answers of fields, each made by a pipeline of functions. */
export function resolvers(
  api: SamResource,
  written: GraphQLApiModel['Resolvers'],
  functionIds: ReadonlyMap<string, Value>,
  schema: GeneratedResource,
): GeneratedResource[] {
  return Object.entries(written ?? {}).flatMap(([type, fields]) =>
    Object.entries(fields).map(([key, one]) => {
      const id = `${api.id}${type}${key}`
      checkLogicalId(id)
      const code = resolverCode(key, one)
      const Functions = pipeline(key, one, functionIds)
      const { FieldName, MaxBatchSize } = one
      return generated(
        id,
        'AWS::AppSync::Resolver',
        {
          ApiId: apiId(api),
          TypeName: type,
          FieldName: truthy(FieldName) ? FieldName! : key,
          Kind: 'PIPELINE',
          PipelineConfig: { Functions },
          ...code,
          CachingConfig: one.Caching,
          MaxBatchSize: truthy(MaxBatchSize) ? MaxBatchSize : undefined,
        },
        // The fields are there once the schema is; what the API itself waits for does not come into it.
        { attributes: api.attributes, dependsOn: [schema.id] },
      )
    }),
  )
}

function resolverCode(key: string, resolver: Resolver): Properties {
  const { InlineCode: Code, CodeUri: CodeS3Location } = resolver
  if (codeOf(key, resolver)) return { Code, CodeS3Location, Runtime: runtimeOf(key, resolver) }
  return { Code: PASS_ON, CodeS3Location, Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' } }
}

function pipeline(key: string, resolver: Resolver, functionIds: ReadonlyMap<string, Value>): Value[] {
  const { Pipeline } = resolver
  if (!Pipeline || Pipeline.length === 0) {
    throw invalidResource(
      key,
      `Resolver '${key}' must have Pipeline defined. Unit resolvers are not supported. If you need a Unit resolver you can use AppSync resource.`,
      positionOf(resolver),
    )
  }
  return Pipeline.map((name, index) => {
    const id = functionIds.get(name)
    if (id === undefined) {
      throw invalidResource(key, `Function '${name}' does not exist.`, positionOfMember(Pipeline, index))
    }
    return id
  })
}
