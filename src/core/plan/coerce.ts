import { AwsError } from '../aws/aws-error.ts'
import type { ValueMap } from '../template/value.ts'
import { convertProperties } from './convert.ts'
import type { ResourceSchema } from './schema.ts'

/**
 * Properties in the schema's types, as CloudFormation turns `"5"` into 5 and 5 into `"5"`. Refuses what cannot be turned; whether all
 * that is required is there, and nothing else, is what `checkProperties` asks.
 */
export function coerceProperties(properties: ValueMap, schema: ResourceSchema<unknown>): Record<string, unknown> {
  return convertProperties(properties, schema, ({ kind, message, position }) => {
    if (kind === 'type') throw new AwsError('ValidationError', `Property validation failure: [${message}]`, { position })
  })
}
