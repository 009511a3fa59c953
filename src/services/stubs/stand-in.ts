import { dnsSuffixOf } from '#core/aws/scope.ts'
import { generatedName } from '#kit/generated-name.ts'
import type { Ports } from '#kit/ports.ts'
import type { ResourceRequest, ResourceState } from '#kit/resource.ts'
import { forms } from './forms.ts'
import type { RegisteredType } from './registered-type.ts'

type Request = ResourceRequest<Record<string, unknown>>

/** What `Ref` and `Fn::GetAtt` yield of a resource that is not there: values of the form that AWS's have. */
export function standIn(type: RegisteredType, request: Request, ports: Pick<Ports, 'ids' | 'clock'>): ResourceState {
  const { properties, stack, logicalId } = request
  const name = generatedName({ stackName: stack.name, logicalId, limit: 64 }, ports.ids)
  const own = forms[type.schema.type] ?? {}
  const found = new Map<string, unknown>()

  /** A property, an attribute, or what an ARN has of them. */
  const member = (wanted: string): unknown => {
    if (found.has(wanted)) return found.get(wanted)
    // A form that leads back to itself gets the name.
    found.set(wanted, name)
    const value = isPlain(properties[wanted]) ? properties[wanted] : filled(own[wanted] ?? formOf(wanted, type))
    found.set(wanted, value)
    return value
  }
  const filled = (form: Form): unknown =>
    typeof form === 'string' ? form.replace(/\{(\w+)\}/g, (_, word: string) => String(filling(word))) : form
  const filling = (word: string): unknown =>
    word === 'name' ? name : (fromRequest(word, request) ?? drawn(word, ports) ?? member(word))

  const attributes = Object.fromEntries(type.schema.attributes.map((attribute) => [attribute, member(attribute)]))
  const parts = type.identifiers.filter((part) => part in attributes || own[part] !== undefined || isGiven(part, type, request))
  return { ref: parts.length > 0 ? parts.map((part) => String(member(part))).join('|') : name, attributes }
}

/** Of several parts of an identifier, a rule's event bus for one, those that are not given are left out, but for the last. */
function isGiven(part: string, { identifiers }: RegisteredType, { properties }: Request): boolean {
  return isPlain(properties[part]) || part === identifiers.at(-1)
}

const isPlain = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

function fromRequest(word: string, { caller }: Request): string | undefined {
  const { partition, region, account } = caller
  const known: Readonly<Record<string, string>> = { partition, region, account, suffix: dnsSuffixOf(region) }
  return known[word]
}

function drawn(word: string, { ids, clock }: Pick<Ports, 'ids' | 'clock'>): string | undefined {
  if (word === 'uuid') return ids.uuid()
  if (word === 'now') return new Date(clock.now()).toISOString()
  const [, kind, length] = /^([aAh])(\d+)$/.exec(word) ?? []
  if (kind === undefined) return undefined
  if (kind === 'h') return ids.hex(Number(length))
  const text = ids.alphanumeric(Number(length))
  return kind === 'A' ? text.toUpperCase() : text
}

/** Text with braces, or the value itself. */
type Form = string | number | boolean | object

/** What the name of a member says of its form, the first that fits. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/(Url|URL|Uri|URI)$/, 'https://{name}.{region}.{suffix}'],
  [/(Endpoint|Address|DomainName|Dns|DNS|Host)$/, '{name}.{region}.{suffix}'],
  [/HostedZoneId$/, 'Z{A13}'],
  [/(AccountId|OwnerId|Owner|OwnerAccount)$/, '{account}'],
  [/(Id|Identifier|Uid)$/, '{a10}'],
  [/(At|Time|Date|Timestamp)$/, '{now}'],
  [/(Status|State)$/, 'ACTIVE'],
  [/(Version|VersionNumber)$/, '1'],
  [/Region$/, '{region}'],
]

function formOf(member: string, type: RegisteredType): Form {
  switch (type.attributes[member]?.kind) {
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return false
    case 'list':
      return []
    case 'map':
    case 'definition':
    case 'json':
      return {}
    default:
      if (/(Arn|ARN)$/.test(member)) return arnForm(member, type)
      return alias(member, type) ?? BY_NAME.find(([pattern]) => pattern.test(member))?.[1] ?? '{name}'
  }
}

/** `${StreamName}` is how the ARN of a stream calls its `Name`, and `${UserNameWithPath}` its `UserName`. */
function alias(member: string, { schema, attributes }: RegisteredType): string | undefined {
  const known = (name: string) => name in schema.properties || name in attributes
  if (known(member)) return undefined
  const candidates = [member.replace(/WithPath$/, ''), /Name$/.test(member) ? 'Name' : '', /Id$/.test(member) ? 'Id' : '']
  const found = candidates.find((name) => name !== member && known(name))
  return found && `{${found}}`
}

/** The type's own ARN by the registry's template; any other in the way of most. */
function arnForm(member: string, { schema, arn }: RegisteredType): string {
  const [, service = '', resource = ''] = schema.type.split('::')
  const isOwn = [`${resource}Arn`, 'Arn', 'ARN', 'ResourceArn'].includes(member)
  if (isOwn && arn) {
    return arn
      .replace('${Partition}', '{partition}')
      .replace('${Region}', '{region}')
      .replace('${Account}', '{account}')
      .replace(/\$\{(\w+)\}/g, '{$1}')
  }
  const kind = isOwn ? resource : member.replace(/A(rn|RN)$/, '')
  return `arn:{partition}:${service.toLowerCase()}:{region}:{account}:${kind.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}/{name}`
}
