import type { Position } from '../template/position.ts'
import type { ResourceDefinition } from '../template/resources.ts'
import type { ResourceSchema } from './schema.ts'

/** Something wrong with a property, told before anything is created. */
export interface Finding {
  readonly logicalId: string
  /** `Resources.Api.Properties.Policy.Statement[0]` */
  readonly path: string
  readonly message: string
  readonly position?: Position
  readonly kind: 'unknown-property' | 'missing' | 'type' | 'unsupported' | 'enum'
}

/** `honours` and `refuses` as a resource type declares them. Functions are passed over: what they yield is checked when it is known. */
export function checkProperties(
  _definition: ResourceDefinition,
  _schema: ResourceSchema<unknown>,
  _honours: readonly string[],
  _refuses: readonly string[],
): readonly Finding[] {
  throw new Error('being written')
}
