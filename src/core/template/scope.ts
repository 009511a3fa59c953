import type { Value, ValueMap } from './value.ts'

/** What `AWS::…` names stand for in one stack. */
export interface PseudoParameters {
  readonly AccountId: string
  readonly Region: string
  readonly Partition: string
  readonly StackId: string
  readonly StackName: string
  readonly URLSuffix: string
  readonly NotificationARNs: readonly string[]
}

const PSEUDO_PARAMETERS = new Set([
  'AWS::AccountId',
  'AWS::NoValue',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
])

export function isPseudoParameter(name: string): boolean {
  return PSEUDO_PARAMETERS.has(name)
}

/** What a template's references mean while its values are worked out. */
export interface EvaluationScope {
  /** As `Ref` yields them: text, or a list for list types. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>
  readonly conditions: Readonly<Record<string, boolean>>
  /** The template's `Mappings` section. */
  readonly mappings: ValueMap
  readonly pseudo: PseudoParameters
  resource(logicalId: string): ResourceView
  /** The value of an export of this account and region, or nothing where there is no such export. */
  importValue(name: string): string | undefined
  /** What an import without an export means: a refusal (the default), or a value that may be there once the plan is carried out. */
  readonly missingImport?: 'refuse' | 'unknown'
  /** The zones of a region, in their order. */
  availabilityZones(region: string): readonly string[]
}

/** What is known of a resource that a template refers to. */
export type ResourceView =
  /** Its condition is false, or the template has none of this name. */
  | 'absent'
  /** Not created yet. */
  | 'unknown'
  | {
      readonly ref: string
      /** By name as `Fn::GetAtt` takes it. Those in `pending` are known only after the resource has changed. */
      readonly attributes: Readonly<Record<string, unknown>>
      /** Whether attributes may differ once the plan is carried out; then what is not in `attributes` is unknown instead of refused. */
      readonly pending?: boolean
      /** A stub answers for every attribute: where it has no better value, with the attribute's name. */
      readonly isStub?: boolean
    }

/** A mention of a resource in a template: by `Ref`, or with an attribute by `Fn::GetAtt`. */
export interface ResourceReference {
  readonly logicalId: string
  readonly attribute?: string
}

/** What a value of a template comes to. */
export type Evaluated =
  | { readonly kind: 'value'; readonly value: Value }
  /** `AWS::NoValue`: as if the property were not written. */
  | { readonly kind: 'nothing' }
  /** Known only once these resources exist. `partial` is the value with `KNOWN_AFTER_APPLY` in the place of what is not known. */
  | { readonly kind: 'unknown'; readonly partial: Value; readonly awaits: readonly ResourceReference[] }

/** How change sets write a value that nobody knows yet. */
export const KNOWN_AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}'

export const nothing: Evaluated = { kind: 'nothing' }

export function known(value: Value | readonly string[]): Evaluated {
  return { kind: 'value', value: value as Value }
}

export function unknown(awaits: readonly ResourceReference[], partial: Value = KNOWN_AFTER_APPLY): Evaluated {
  return { kind: 'unknown', partial, awaits }
}
