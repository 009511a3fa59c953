/** What the registry schema says of a resource type. Generated into `services/schemas/`. */
export interface ResourceSchema<Properties> {
  /** `AWS::ApiGateway::Stage` */
  readonly type: string
  readonly properties: Readonly<Record<string, PropertySchema>>
  readonly required: readonly string[]
  /** Names that `Fn::GetAtt` takes. */
  readonly attributes: readonly string[]
  /** Reusable property types, by name. */
  readonly definitions: Readonly<Record<string, Readonly<Record<string, PropertySchema>>>>
  /** It takes properties and answers attributes of any other name too: a custom resource. */
  readonly isOpen?: true
  /** Carries the type only; never set. */
  readonly of?: Properties
}

export interface PropertySchema {
  readonly type: PropertyType
  readonly required?: boolean
  /** Whether a change makes a new resource. */
  readonly replaces?: 'always' | 'conditionally'
  readonly allowed?: readonly (string | number)[]
}

export type PropertyType =
  | { readonly kind: 'string' | 'integer' | 'number' | 'boolean' | 'json' | 'tag' | 'date-time' }
  | { readonly kind: 'list' | 'map'; readonly of: PropertyType }
  | { readonly kind: 'definition'; readonly name: string }
  | { readonly kind: 'union'; readonly of: readonly PropertyType[] }
