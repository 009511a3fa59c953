import { positionOf } from '../../template/position.ts'
import { isList, isMap, type Value, type ValueMap } from '../../template/value.ts'
import { type ConnectorProfile, connectorProfiles } from '../data/connector-profiles.ts'
import type { GeneratedResource } from '../generated-resource.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'
import type { Dependencies } from './dependencies.ts'
import { type End, readEnd } from './end.ts'
import { grants } from './grants.ts'
import { connectorMetadata } from './metadata.ts'
import { checkPermissions } from './permissions.ts'
import { filled } from './variables.ts'

/** What lets a connector's source work with its destination, or with each of several. */
export function connect(connector: SamResource, transformation: Transformation): GeneratedResource[] {
  const { Destination: to, Permissions: permissions } = connector.properties
  // A map with one member passes for an intrinsic function, and then counts as the list of its keys.
  const wanted = new Set(isMap(permissions) ? Object.keys(permissions) : (permissions as string[]))
  if (!isList(to)) return connectWith(to as ValueMap, connector, wanted, '', transformation)
  return to.flatMap((one, index) => connectWith(one as ValueMap, connector, wanted, `Destination${index}`, transformation))
}

function connectWith(
  to: ValueMap,
  connector: SamResource,
  wanted: ReadonlySet<string>,
  suffix: string,
  transformation: Transformation,
): GeneratedResource[] {
  const { resources: written, dependencies } = transformation
  const from = connector.properties['Source'] as ValueMap
  const destination = readEnd(connector.id, to, from, transformation)
  const source = readEnd(connector.id, from, to, transformation)
  const profile = profileOf(connector, source, destination)
  checkPermissions(connector, wanted, profile, source, destination)
  const access = accessFor(connector, wanted, profile, { Source: source, Destination: destination })
  const resources = grants[profile.kind]({ connector, source, destination, profile, access, suffix })
  const metadata = connectorMetadata(connector, source, destination, written)
  const dependent = dependentOf(profile, source, destination, dependencies)
  for (const { id, attributes } of resources) {
    attributes['Metadata'] = metadata
    if (dependent !== undefined) dependencies.add(dependent, id)
  }
  return resources
}

function profileOf({ id, node }: SamResource, source: End, destination: End): ConnectorProfile {
  const profile = memberOf(memberOf(connectorProfiles, source.type), destination.type)
  if (profile) return profile
  const text = `Unable to create connector from ${source.type} to ${destination.type}; it's not supported or the template is invalid.`
  throw invalidResource(id, text, positionOf(node['Properties']))
}

function memberOf<T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return table && Object.hasOwn(table, key) ? table[key] : undefined
}

/** The profile's permissions for these two ends: those that are wanted, though AWS insists on knowing enough for all of them. */
function accessFor(
  { id }: SamResource,
  wanted: ReadonlySet<string>,
  profile: ConnectorProfile,
  ends: Readonly<Record<string, End>>,
): Record<string, ValueMap> {
  const valueFor = (variable: string): Value => {
    const [side, name] = variable.split('.') as [string, string]
    const { known, written } = ends[side]!
    const value = known[name]
    if (value === undefined || value === null) throw invalidResource(id, `${variable} is missing.`, positionOf(written))
    return value
  }
  const access: Record<string, ValueMap> = {}
  for (const [permission, rights] of Object.entries(profile.access)) {
    const allowed = filled(rights, valueFor) as ValueMap
    if (wanted.has(permission)) access[permission] = allowed
  }
  return access
}

/** What must not be made before the policy is there, as it is tried out when it is made. */
function dependentOf(
  { dependedBy }: ConnectorProfile,
  { id: source }: End,
  { id: destination }: End,
  { mappingBetween }: Dependencies,
): string | undefined {
  if (dependedBy === 'SOURCE') return source
  if (!dependedBy || source === undefined || destination === undefined) return undefined
  return mappingBetween(source, destination)
}
