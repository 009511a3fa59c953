import { type Position, positionOf, positionOfMember } from '../template/position.ts'
import type { ResourceDefinition } from '../template/resources.ts'
import { isList, isMap, memberOf, type Value } from '../template/value.ts'
import { convertProperties, type Misfit } from './convert.ts'
import type { ResourceSchema } from './schema.ts'

/** Something wrong with a property, told before anything is created. */
export interface Finding {
  readonly logicalId: string
  /** `Resources.Api.Properties.Policy.Statement[0]` */
  readonly path: string
  readonly message: string
  readonly position?: Position
  /**
   * `unsupported`: AWS has the property and Postern does nothing with it; `unsupported-value`: not with this value; `noted`: so says the
   * resource's handler; `stub`: with nothing of the resource.
   */
  readonly kind: 'unknown-property' | 'missing' | 'type' | 'enum' | 'unsupported' | 'unsupported-value' | 'noted' | 'stub'
  /** Where it is among the properties. */
  readonly property: Path
}

type Path = readonly (string | number)[]
interface Place {
  readonly path: Path
  readonly position: Position | undefined
}

/** What a resource type does of its schema. */
export interface Support {
  /** The top-level properties that it honours, each fully unless one of the others names a part. */
  readonly honours: readonly string[]
  /** Dotted paths of what it does not. */
  readonly refuses?: readonly string[]
  /** By the dotted path of what it does for some values only, what is to be said of another. */
  readonly limits?: Readonly<Record<string, (value: unknown) => string | undefined>>
}

/** What is empty needs no support. Functions are passed over: what they yield is checked when it is known. */
export function checkProperties(
  definition: ResourceDefinition,
  schema: ResourceSchema<unknown>,
  { honours, refuses = [], limits = {} }: Support,
): readonly Finding[] {
  const { logicalId, properties, type } = definition
  const finding = (kind: Finding['kind'], message: string, { path, position = definition.position }: Place): Finding => ({
    logicalId,
    kind,
    message,
    property: path,
    path: `Resources.${logicalId}.Properties${formatPath(path)}`,
    ...(position && { position }),
  })
  const unsupported = (place: Place) =>
    finding('unsupported', `property \`${place.path.join('.')}\` of ${type} is not supported by Postern`, place)

  const misfits: Misfit[] = []
  convertProperties(properties, schema, (misfit) => misfits.push(misfit))
  const notHonoured = Object.keys(properties)
    .filter((name) => Object.hasOwn(schema.properties, name) && !honours.includes(name) && !isEmpty(properties[name]))
    .map((name) => ({ path: [name], position: positionOfMember(properties, name) }))

  return [
    ...misfits.map((misfit) => finding(misfit.kind, misfit.message, misfit)),
    ...notHonoured.map(unsupported),
    ...refuses.flatMap((path) => placesOf(properties, path.split('.'), [])).map(unsupported),
    ...Object.entries(limits).flatMap(([path, judge]) =>
      placesOf(properties, path.split('.'), []).flatMap(({ value, ...place }) => {
        // A branch may never be taken: which one is, is known when the property is evaluated.
        const objection = isMap(value) || place.path.includes('Fn::If') ? undefined : judge(value)
        return objection === undefined ? [] : [finding('unsupported-value', objection, place)]
      }),
    ),
    ...dynamicReferences(properties, []).map(({ text, ...place }) =>
      finding('unsupported-value', `the dynamic reference \`${text}\` is not supported by Postern`, place),
    ),
  ]
}

/** Where the members that a dotted path names are written; lists on the way are looked through. */
function placesOf(value: Value, names: readonly string[], path: Path): readonly (Place & { value: Value })[] {
  const [name, ...rest] = names
  if (isList(value)) return value.flatMap((item, index) => placesOf(item, names, [...path, index]))
  if (name === undefined || !isMap(value)) return []
  const branches = memberOf(value, 'Fn::If')
  const branched = isList(branches)
    ? [1, 2].flatMap((index) => placesOf(branches[index] ?? null, names, [...path, 'Fn::If', index]))
    : []
  const member = memberOf(value, name)
  if (member === undefined || isEmpty(member)) return branched
  const here = [...path, name]
  return rest.length === 0
    ? [{ path: here, position: positionOfMember(value, name), value: member }]
    : placesOf(member, rest, here)
}

/** Such as `Layers: []`, which asks for nothing. */
function isEmpty(value: Value | undefined): boolean {
  return (isList(value) || isMap(value)) && Object.keys(value).length === 0
}

/** `{{resolve:ssm:…}}` and its kind: AWS would put another text there, so passing it on as it is would be wrong without a word. */
function dynamicReferences(value: Value, path: Path, position?: Position): readonly (Place & { text: string })[] {
  if (typeof value === 'string') {
    const text = dynamicReferenceIn(value)
    return text === undefined ? [] : [{ text, path, position }]
  }
  if (!isMap(value) && !isList(value)) return []
  return Object.entries(value).flatMap(([key, member]) => {
    const step = isList(value) ? Number(key) : key
    return dynamicReferences(member, [...path, step], positionOfMember(value, key) ?? positionOf(value))
  })
}

/** The first one. What it holds may itself be put together (`{{resolve:ssm:${Name}}}`). */
function dynamicReferenceIn(text: string): string | undefined {
  const start = text.indexOf('{{resolve:')
  const end = start < 0 ? -1 : text.indexOf('}}', start)
  if (end < 0) return undefined
  return text.slice(start, text[end + 2] === '}' ? end + 3 : end + 2)
}

function formatPath(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
}
