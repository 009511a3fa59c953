import type { AwsError } from '#core/aws/aws-error.ts'
import type { ResourceSchema } from '#core/plan/schema.ts'
import type { ValueMap } from '#core/template/value.ts'
import type { Caller } from './operation.ts'
import type { Ports } from './ports.ts'

export type { PropertySchema, PropertyType, ResourceSchema } from '#core/plan/schema.ts'

/** One resource of a stack, as its handler sees it: properties are resolved, checked against the schema, and of its types. */
export interface ResourceRequest<Properties> {
  readonly properties: Properties
  /** The same properties before typing, with template positions (see `core/template/position.ts`), for records that must name a line. */
  readonly written: ValueMap
  readonly logicalId: string
  readonly stack: { readonly id: string; readonly name: string; readonly tags: Readonly<Record<string, string>> }
  /** Account, region and principal on whose behalf the stack acts. */
  readonly caller: Caller
  /** For what AWS would do and Postern does not: throws the refusal, or, where the stack takes stubs, tells of it and goes on. */
  readonly unsupported: (refusal: AwsError) => void
}

/** What a resource is known by afterwards: `Ref`, and `Fn::GetAtt` by attribute name (`Endpoint.Address` stays dotted). */
export interface ResourceState {
  readonly ref: string
  readonly attributes: Readonly<Record<string, unknown>>
}

export interface ExistingResource<Properties> extends ResourceState {
  /** The properties it was last given. */
  readonly properties: Properties
}

export interface ResourceBehaviour<Properties> {
  /**
   * The top-level properties that this handler honours, each fully unless `refuses` or `limits` names a part. Any other property of the
   * schema is refused by the plan, with its template path and line, before anything is created; where a stack takes stubs, the handler
   * never sees it.
   */
  readonly honours: readonly (keyof Properties & string)[]
  /** Dotted paths below an honoured property that are not supported, such as `EndpointConfiguration.IpAddressType`. */
  readonly refuses?: readonly string[]
  /** By dotted path, what is to be said of a value that is not supported. Where a stack takes stubs, the handler gets it all the same. */
  readonly limits?: Readonly<Record<string, (value: unknown) => string | undefined>>
  /** Nothing of it exists but its name: Postern does not implement the type. Only stacks that take stubs may have one. */
  readonly isStub?: true
  create(request: ResourceRequest<Properties>, ports: Ports): ResourceState | Promise<ResourceState>
  /** Left out where every change replaces. */
  update?(
    request: ResourceRequest<Properties>,
    existing: ExistingResource<Properties>,
    ports: Ports,
  ): ResourceState | Promise<ResourceState>
  /** Deleting what is gone succeeds. */
  delete(existing: ResourceRequest<Properties> & ResourceState, ports: Ports): void | Promise<void>
  /** Whether a change of a `conditionally` replacing property replaces; by default it does. */
  replaces?(before: Properties, after: Properties): boolean
}

export interface ResourceType<Properties> extends ResourceBehaviour<Properties> {
  readonly schema: ResourceSchema<Properties>
}

/** What any resource type looks like to code that does not know which it is. */
export type AnyResourceType = ResourceType<Record<string, unknown>>

/** Declares a CloudFormation resource type: the schema is generated, behaviour is all there is to write. Throw `AwsError` to refuse. */
export function resource<Properties>(
  schema: ResourceSchema<Properties>,
  behaviour: ResourceBehaviour<Properties>,
): ResourceType<Properties> {
  return { schema, ...behaviour }
}
