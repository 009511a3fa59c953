import { AwsError } from '#core/aws/aws-error.ts'
import { isList, isMap, type Value } from '#core/template/value.ts'
import type { CompiledTemplate } from './compile.ts'
import type { LoadedTypes } from './context.ts'

/** Refuses, in AWS's words, a `Fn::GetAtt` of an attribute that the resource's type does not have: before anything is created. */
export function checkAttributes(compiled: CompiledTemplate, types: LoadedTypes): void {
  const typeOf = new Map(compiled.resources.map(({ logicalId, type }) => [logicalId, type]))
  const { conditions } = compiled.scope

  const visit = (value: Value, path: string): void => {
    if (isList(value)) {
      for (const [index, member] of value.entries()) visit(member, `${path}/${index}`)
    } else if (isMap(value)) {
      for (const [key, member] of Object.entries(value)) {
        if (key === 'Fn::GetAtt') checkOne(member, `${path}/${key}`)
        // Only the branch that is taken counts: the other may name what does not exist here.
        else if (key === 'Fn::If' && isList(member))
          visit(member[conditions[String(member[0])] ? 1 : 2] ?? null, `${path}/${key}`)
        else visit(member, `${path}/${key}`)
      }
    }
  }
  const checkOne = (reference: Value, path: string): void => {
    const [logicalId, attribute] = isList(reference) ? reference : []
    const type = typeOf.get(String(logicalId))
    const schema = type === undefined ? undefined : types.get(type)?.schema
    if (!schema || schema.isOpen || typeof attribute !== 'string') return
    const names = [...schema.attributes, ...Object.keys(schema.properties)]
    if (names.some((known) => known === attribute || attribute.startsWith(`${known}.`))) return
    throw new AwsError('ValidationError', `[Error] ${path}: Resource type ${type} does not support attribute {${attribute}}.`)
  }

  for (const { logicalId, properties } of compiled.resources) visit(properties, `/Resources/${logicalId}/Properties`)
  for (const { key, value } of compiled.outputs) visit(value, `/Outputs/${key}/Value`)
}
