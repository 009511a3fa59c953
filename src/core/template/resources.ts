import type { Position } from './position.ts'
import type { EvaluationScope } from './scope.ts'
import type { Value, ValueMap } from './value.ts'

export type DeletionPolicy = 'Delete' | 'Retain' | 'Snapshot' | 'RetainExceptOnCreate'

/** A resource of a processed template whose condition, if it has one, is true. */
export interface ResourceDefinition {
  readonly logicalId: string
  readonly type: string
  /** As written: references and functions are not worked out yet. */
  readonly properties: ValueMap
  readonly dependsOn: readonly string[]
  readonly deletionPolicy: DeletionPolicy
  readonly updateReplacePolicy: DeletionPolicy
  readonly metadata?: Value
  readonly creationPolicy?: Value
  readonly updatePolicy?: Value
  readonly position?: Position
}

export interface OutputDefinition {
  readonly key: string
  readonly value: Value
  readonly exportName?: Value
  readonly description?: string
  readonly position?: Position
}

/** `parameters` are needed where a template writes a deletion policy as a function of one. */
export function resourcesOf(
  _template: ValueMap,
  _conditions: Readonly<Record<string, boolean>>,
  _parameters: EvaluationScope['parameters'] = {},
): readonly ResourceDefinition[] {
  throw new Error('being written')
}

export function outputsOf(_template: ValueMap, _conditions: Readonly<Record<string, boolean>>): readonly OutputDefinition[] {
  throw new Error('being written')
}
