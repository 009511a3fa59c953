import { AwsError } from '#core/aws/aws-error.ts'
import type { ResourceSchema } from '#core/plan/schema.ts'
import { table } from '#kit/records.ts'
import { type AnyResourceType, type ResourceRequest, resource } from '#kit/resource.ts'
import type { ResourceTypes } from '../context.ts'

export interface Thing {
  readonly stack: string
  readonly logicalId: string
  readonly size: number
  readonly tags: Readonly<Record<string, string>>
}

/** What exists: the truth that a stack's records must agree with. */
export const things = table<Thing>('test/things')

interface Properties {
  readonly Name?: string
  readonly Size?: number
  readonly Link?: string
  readonly Links?: readonly string[]
  /** Which of its acts fail: `create`, `update`, `delete`, or `update to 3`. */
  readonly Fails?: readonly string[]
  /** Whether its handler takes its time. */
  readonly Slow?: boolean
  readonly Tags?: readonly unknown[]
  readonly Unhonoured?: string
  /** What its handler says that it does not do. */
  readonly Exotic?: string
  /** Honoured unless it is `best`. */
  readonly Quality?: string
}

const text = { type: { kind: 'string' } } as const

const schema: ResourceSchema<Properties> = {
  type: 'Test::Small::Thing',
  properties: {
    Name: { ...text, replaces: 'always' },
    Size: { type: { kind: 'integer' } },
    Link: text,
    Links: { type: { kind: 'list', of: { kind: 'string' } } },
    Fails: { type: { kind: 'list', of: { kind: 'string' } } },
    Slow: { type: { kind: 'boolean' } },
    Tags: { type: { kind: 'json' } },
    Unhonoured: text,
    Exotic: text,
    Quality: text,
  },
  required: [],
  attributes: ['Size'],
  definitions: {},
}

/** A type that only stacks that take stubs may have. */
const ghost: AnyResourceType = {
  schema: {
    type: 'Test::Small::Ghost',
    properties: { Name: { ...text, replaces: 'always' }, Size: { type: { kind: 'integer' } } },
    required: [],
    attributes: ['Arn', 'Colour'],
    definitions: {},
  },
  isStub: true,
  honours: ['Name', 'Size'],
  create: ({ logicalId }, { ids }) => ({ ref: `${logicalId.toLowerCase()}-${ids.hex(8)}`, attributes: { Arn: 'arn:ghost' } }),
  update: (_request, { ref, attributes }) => ({ ref, attributes }),
  delete() {
    throw new Error('nothing is there to be deleted')
  },
}

/** A resource type whose failures its properties choose; a thing that is made leaves a record, one that is deleted takes it away. */
export function thingTypes(): ResourceTypes & { readonly acts: string[]; learn(type: string): void } {
  const acts: string[] = []
  const fails = ({ properties: { Fails = [], Size } }: ResourceRequest<Properties>, act: string) => {
    if (Fails.includes(`${act} by a mistake`)) throw new TypeError('x is undefined')
    if (Fails.includes(act) || Fails.includes(`${act} to ${Size}`)) throw new AwsError('InvalidThing', `cannot ${act} this thing`)
  }
  const thing = ({ logicalId, stack, properties }: ResourceRequest<Properties>): Thing => ({
    stack: stack.id,
    logicalId,
    size: properties.Size ?? 0,
    tags: stack.tags,
  })
  const inItsTime = <T>(slow: boolean | undefined, act: () => T): T | Promise<T> => (slow ? Promise.resolve().then(act) : act())

  const type = resource(schema, {
    honours: ['Name', 'Size', 'Link', 'Links', 'Fails', 'Slow', 'Tags', 'Exotic', 'Quality'],
    limits: { Quality: (quality) => (quality === 'best' ? 'the best there is not' : undefined) },
    create(request, ports) {
      if ('Unhonoured' in request.properties) throw new Error('a handler sees what it does not honour')
      if (request.properties.Exotic)
        request.unsupported(new AwsError('NotImplemented', `${request.properties.Exotic} is too much`))
      return inItsTime(request.properties.Slow, () => {
        acts.push(`create ${request.logicalId}`)
        fails(request, 'create')
        const ref = `${request.logicalId.toLowerCase()}-${ports.ids.hex(8)}`
        ports.records.put(things, request.caller, ref, thing(request))
        return { ref, attributes: { Size: request.properties.Size ?? 0 } }
      })
    },
    update(request, { ref }, ports) {
      return inItsTime(request.properties.Slow, () => {
        acts.push(`update ${request.logicalId}`)
        fails(request, 'update')
        ports.records.put(things, request.caller, ref, thing(request))
        return { ref, attributes: { Size: request.properties.Size ?? 0 } }
      })
    },
    delete(existing, ports) {
      return inItsTime(existing.properties.Slow, () => {
        acts.push(`delete ${existing.logicalId}`)
        fails(existing, 'delete')
        ports.records.delete(things, existing.caller, existing.ref)
      })
    },
  }) as unknown as AnyResourceType

  const types = new Map([type, ghost].map((one) => [one.schema.type, one]))
  const learn = (name: string) => {
    const known = types.get(name)
    if (known) types.set(name, { schema: known.schema, honours: known.honours, create: known.create, delete() {} })
  }
  return Object.assign(async (name: string) => types.get(name), { acts, learn })
}
