/*
 * New templates of old: parts taken away, set to something else, or taken over from other templates at the same place, so that
 * features meet that no written case brings together.
 */

type Tree = null | boolean | number | string | Tree[] | { [key: string]: Tree }
type Branch = { [key: string]: Tree }
type Random = () => number

const isBranch = (value: unknown): value is Branch => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A template of `own` with up to `most` changes, parts of which come from `others`; and the changes in words. */
export function grafted(own: Tree, others: readonly Tree[], random: Random, most: number): { template: Tree; changes: string[] } {
  const template = structuredClone(own)
  const changes: string[] = []
  if (!isBranch(template) || most === 0) return { template, changes }
  const number = 1 + Math.floor(random() * most)
  for (let index = 0; index < number; index += 1) {
    const change = pick(KINDS, random)!(template, others, random)
    if (change) changes.push(change)
  }
  return { template, changes }
}

type Kind = (template: Branch, others: readonly Tree[], random: Random) => string | undefined

/** A property of the same name and owner, from elsewhere. */
const takeOver: Kind = (template, others, random) => {
  const resource = resourceOf(template, random)
  const donor = donorOf(resource?.[1], others, random)
  if (!resource || !donor) return undefined
  const name = pick(Object.keys(donor), random)
  const properties = propertiesOf(resource[1])
  if (name === undefined || !properties) return undefined
  const value = structuredClone(donor[name]!)
  if (isBranch(value) && isBranch(properties[name]) && random() < 0.5) Object.assign(properties[name], value)
  else properties[name] = value
  return `${resource[0]}.${name} taken over`
}

/** One member of a map inside a property, from elsewhere: an event, an authorizer, a domain's route. */
const takeOverMember: Kind = (template, others, random) => {
  const resource = resourceOf(template, random)
  const donor = donorOf(resource?.[1], others, random)
  const properties = resource && propertiesOf(resource[1])
  if (!donor || !properties) return undefined
  const shared = Object.keys(donor).filter((name) => isBranch(donor[name]) && isBranch(properties[name]))
  const name = pick(shared, random)
  if (name === undefined) return undefined
  const from = donor[name] as Branch
  const key = pick(Object.keys(from), random)
  if (key === undefined) return undefined
  ;(properties[name] as Branch)[key] = structuredClone(from[key]!)
  return `${resource[0]}.${name}.${key} taken over`
}

const takeAway: Kind = (template, _others, random) => {
  const place = pick(placesIn(template['Resources'] ?? {}, 'Resources'), random)
  if (!place) return undefined
  delete (place.holder as Branch)[place.key as string]
  return `${place.path} taken away`
}

const ODD: readonly (() => Tree)[] = [
  () => null,
  () => true,
  () => 1,
  () => '',
  () => 'text',
  () => [],
  () => ['a'],
  () => ({}),
  () => ({ a: 'b' }),
  () => ({ Ref: 'SomeParameter' }),
  () => ({ Ref: 'AWS::NoValue' }),
  () => ({ 'Fn::Sub': 'x${AWS::Region}' }),
  () => ({ 'Fn::GetAtt': ['SomeThing', 'Arn'] }),
  () => ({ 'Fn::If': ['C', 'a', { Ref: 'AWS::NoValue' }] }),
]

const setOdd: Kind = (template, _others, random) => {
  const place = pick(placesIn(template['Resources'] ?? {}, 'Resources'), random)
  if (!place) return undefined
  const value = pick(ODD, random)!()
  ;(place.holder as Branch)[place.key as string] = value
  return `${place.path} = ${JSON.stringify(value)}`
}

/** A whole resource, from elsewhere. */
const takeOverResource: Kind = (template, others, random) => {
  const other = pick(others, random)
  const resources = template['Resources']
  if (!isBranch(other) || !isBranch(resources)) return undefined
  const taken = resourceOf(other, random)
  if (!taken) return undefined
  resources[taken[0]] = structuredClone(taken[1])
  for (const section of ['Parameters', 'Conditions', 'Mappings']) {
    const from = other[section]
    if (!isBranch(from)) continue
    const own = template[section]
    template[section] = { ...structuredClone(from), ...(isBranch(own) ? own : {}) }
  }
  return `${taken[0]} taken over`
}

const takeOverGlobals: Kind = (template, others, random) => {
  const withGlobals = others.filter((one): one is Branch => isBranch(one) && isBranch(one['Globals']))
  const other = pick(withGlobals, random)
  if (!other) return undefined
  const section = pick(Object.keys(other['Globals'] as Branch), random)
  if (section === undefined) return undefined
  const own = template['Globals']
  template['Globals'] = { ...(isBranch(own) ? own : {}), [section]: structuredClone((other['Globals'] as Branch)[section]!) }
  return `Globals.${section} taken over`
}

const ATTRIBUTES: readonly (() => [string, Tree])[] = [
  () => ['Condition', 'SomeCondition'],
  () => ['DependsOn', 'Other'],
  () => ['DependsOn', ['Other', 'Another']],
  () => ['DeletionPolicy', 'Retain'],
  () => ['UpdateReplacePolicy', 'Retain'],
  () => ['Metadata', { a: 1 }],
]

const setAttribute: Kind = (template, _others, random) => {
  const resource = resourceOf(template, random)
  if (!resource) return undefined
  const [name, value] = pick(ATTRIBUTES, random)!()
  resource[1][name] = value
  return `${resource[0]} gets ${name}`
}

/** Taking over comes more often: its templates still look like those that people write. */
const KINDS: readonly Kind[] = [
  takeOver,
  takeOver,
  takeOver,
  takeOverMember,
  takeOverMember,
  takeOverMember,
  takeOverResource,
  takeOverGlobals,
  setAttribute,
  takeAway,
  setOdd,
]

const pick = <T>(list: readonly T[], random: Random): T | undefined => list[Math.floor(random() * list.length)]

function resourceOf(template: Branch, random: Random): [string, Branch] | undefined {
  const resources = template['Resources']
  if (!isBranch(resources)) return undefined
  return pick(
    Object.entries(resources).filter((entry): entry is [string, Branch] => isBranch(entry[1]) && isServerless(entry[1])),
    random,
  )
}

const isServerless = ({ Type: type }: Branch) => typeof type === 'string' && type.startsWith('AWS::Serverless::')

/** The properties, and the attributes, of another resource of the same type. */
function donorOf(resource: Branch | undefined, others: readonly Tree[], random: Random): Branch | undefined {
  if (!resource) return undefined
  for (let tries = 0; tries < 40; tries += 1) {
    const other = pick(others, random)
    const found = isBranch(other) ? resourceOf(other, random) : undefined
    if (found && found[1]['Type'] === resource['Type']) return propertiesOf(found[1])
  }
  return undefined
}

function propertiesOf(resource: Branch): Branch | undefined {
  resource['Properties'] ??= {}
  return isBranch(resource['Properties']) ? resource['Properties'] : undefined
}

interface Place {
  readonly holder: Tree[] | Branch
  readonly key: string | number
  readonly path: string
}

function placesIn(value: Tree, path: string, found: Place[] = []): Place[] {
  if (!isBranch(value) && !Array.isArray(value)) return found
  for (const [key, member] of Object.entries(value)) {
    found.push({ holder: value, key, path: `${path}.${key}` })
    placesIn(member, `${path}.${key}`, found)
  }
  return found
}
