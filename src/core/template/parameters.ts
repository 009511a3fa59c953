import type { Position } from './position.ts'
import type { ValueMap } from './value.ts'

/** A parameter's value as a caller gives it. */
export interface GivenParameter {
  readonly key: string
  readonly value?: string
  readonly usePrevious?: boolean
}

export interface ParameterDeclaration {
  readonly key: string
  readonly type: string
  readonly default?: string
  readonly noEcho: boolean
  readonly description?: string
  readonly allowedValues?: readonly string[]
  readonly allowedPattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minValue?: number
  readonly maxValue?: number
  readonly constraintDescription?: string
  readonly position?: Position
}

/** Answers for parameter types whose value names something else. */
export interface ParameterLookups {
  /** The text of a Systems Manager parameter, or nothing where there is none. */
  ssm?(name: string): string | undefined
}

export interface ResolvedParameters {
  /** As `Ref` yields them: text, or a list for list types. */
  readonly values: Readonly<Record<string, string | readonly string[]>>
  /** As given, to be the `previous` of the next update. */
  readonly texts: Readonly<Record<string, string>>
  /** As they may be shown: `NoEcho` values are `****`. */
  readonly shown: Readonly<Record<string, string>>
  /** What Systems Manager parameters resolved to, for those alone. */
  readonly resolved: Readonly<Record<string, string>>
}

export function declaredParameters(_template: ValueMap): readonly ParameterDeclaration[] {
  throw new Error('being written')
}

export function resolveParameters(
  _template: ValueMap,
  _given: readonly GivenParameter[],
  _previous: Readonly<Record<string, string>>,
  _lookups: ParameterLookups = {},
): ResolvedParameters {
  throw new Error('being written')
}
