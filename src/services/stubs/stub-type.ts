import type { ResourceSchema } from '#core/plan/schema.ts'
import type { AnyResourceType } from '#kit/resource.ts'
import { type RegisteredType, readRegisteredType } from './registered-type.ts'
import { standIn } from './stand-in.ts'

/**
 * A resource type that CloudFormation knows and Postern does not implement: its properties are checked, its resources exist on paper
 * only. Nothing for a type that CloudFormation does not know either.
 */
export async function stubType(type: string): Promise<AnyResourceType | undefined> {
  if (type === 'AWS::CDK::Metadata') return onPaper(cdkMetadata)
  const known = isCustom(type) ? custom(type) : await registered(type)
  return known && { ...onPaper(known), isStub: true }
}

function onPaper(type: RegisteredType): AnyResourceType {
  const { schema } = type
  return {
    schema,
    honours: Object.keys(schema.properties),
    create: (request, ports) => standIn(type, request, ports),
    // It keeps what it is known by.
    update: (_request, { ref, attributes }) => ({ ref, attributes }),
    delete() {},
  }
}

/** What CDK adds to its templates: the registry does not have it, and on AWS too there is nothing behind it, so it is no stub. */
const cdkMetadata: RegisteredType = {
  schema: {
    type: 'AWS::CDK::Metadata',
    properties: { Analytics: { type: { kind: 'string' } } },
    required: [],
    attributes: [],
    definitions: {},
  },
  identifiers: [],
  attributes: {},
}

async function registered(type: string): Promise<RegisteredType | undefined> {
  // Nearly two megabytes that most deployments never need.
  const { registry } = await import('#services/schemas/registry.ts')
  const entry = Object.hasOwn(registry, type) ? registry[type] : undefined
  return entry === undefined ? undefined : readRegisteredType(type, entry)
}

const isCustom = (type: string): boolean => type === 'AWS::CloudFormation::CustomResource' || /^Custom::[\w@-]+$/.test(type)

/** What a custom resource takes and answers, only its own function knows. */
function custom(type: string): RegisteredType {
  const schema: ResourceSchema<Record<string, unknown>> = {
    type,
    properties: { ServiceToken: { type: { kind: 'string' }, required: true, replaces: 'always' } },
    required: ['ServiceToken'],
    attributes: [],
    definitions: {},
    isOpen: true,
  }
  return { schema, identifiers: [], attributes: {} }
}
