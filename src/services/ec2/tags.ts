import type { ResourceRequest } from '#kit/resource.ts'
import type { TagSpecification } from '#services/models/ec2.ts'

export interface Tag {
  readonly Key: string
  readonly Value: string
}

type Tagged = Pick<ResourceRequest<unknown>, 'stack' | 'logicalId'> & { readonly properties: { readonly Tags?: readonly Tag[] } }

/** The tags of a stack's resource: CloudFormation's own three, the stack's, and the template's, which win over the stack's. */
export function stackTags({ stack, logicalId, properties }: Tagged): readonly Tag[] {
  const own = properties.Tags ?? []
  const inherited = Object.entries(stack.tags)
    .map(([Key, Value]) => ({ Key, Value }))
    .filter(({ Key }) => own.every((tag) => tag.Key !== Key))
  return [
    { Key: 'aws:cloudformation:stack-id', Value: stack.id },
    { Key: 'aws:cloudformation:logical-id', Value: logicalId },
    { Key: 'aws:cloudformation:stack-name', Value: stack.name },
    ...inherited,
    ...own,
  ]
}

/** The tags that a Create call asks for, for resources of this type. */
export function requestedTags(specifications: readonly TagSpecification[] | undefined, resourceType: string): readonly Tag[] {
  return (specifications ?? [])
    .filter(({ ResourceType }) => ResourceType === resourceType)
    .flatMap(({ Tags }) => Tags ?? [])
    .map(({ Key = '', Value = '' }) => ({ Key, Value }))
}

/** `added` over `tags`: a key that is there gets the new value in its old place. */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  const values = new Map([...tags, ...added].map(({ Key, Value }) => [Key, Value]))
  return [...values].map(([Key, Value]) => ({ Key, Value }))
}

/** `tags` without those that `removed` names; one with a value goes only where the value is the same. */
export function withoutTags(
  tags: readonly Tag[],
  removed: readonly { Key: string; Value?: string | undefined }[],
): readonly Tag[] {
  return tags.filter((tag) => !removed.some(({ Key, Value }) => Key === tag.Key && (Value === undefined || Value === tag.Value)))
}
