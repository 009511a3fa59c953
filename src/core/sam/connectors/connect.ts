import { positionOf, positionOfMember } from '../../template/position.ts'
import { isList, isMap, type Value, type ValueMap } from '../../template/value.ts'
import { member } from '../copy.ts'
import { type ConnectorProfile, connectorProfiles } from '../data/connector-profiles.ts'
import type { GeneratedResource } from '../generated-resource.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'
import type { Dependencies } from './dependencies.ts'
import { type End, readEnd } from './end.ts'
import { grants } from './grants.ts'
import { wantedPermissions } from './permissions.ts'
import { filled } from './variables.ts'

/** What lets a connector's source work with its destination, or with each of several. */
export function connect(connector: SamResource, transformation: Transformation): GeneratedResource[] {
  const { Destination: destination } = connector.properties
  if (!isList(destination)) return connectWith(connector, destination as ValueMap, '', transformation)
  return destination.flatMap((one, index) => connectWith(connector, one as ValueMap, `Destination${index}`, transformation))
}

function connectWith(
  connector: SamResource,
  to: ValueMap,
  suffix: string,
  { resources: written, resourceInOutput, dependencies }: Transformation,
): GeneratedResource[] {
  const from = connector.properties['Source'] as ValueMap
  const destination = readEnd(connector.id, to, from, resourceInOutput)
  const source = readEnd(connector.id, from, to, resourceInOutput)
  const profile = profileOf(connector, source, destination)
  const wanted = wantedPermissions(connector, profile, source, destination)
  // Permissions that nobody wants are filled in too: AWS asks for all that the profile names.
  const all = filled(profile.access as ValueMap, valuesOf(connector, { Source: source, Destination: destination })) as Record<
    string,
    ValueMap
  >
  const access = Object.fromEntries(Object.entries(all).filter(([permission]) => wanted.has(permission)))
  const resources = grants[profile.kind]({ connector, source, destination, profile, access, suffix })
  const types = { Source: { Type: typeOf(source, written) }, Destination: { Type: typeOf(destination, written) } }
  const dependent = dependentOf(profile, source, destination, dependencies)
  for (const { id, attributes } of resources) {
    attributes['Metadata'] = { ...ownMetadata(connector), 'aws:sam:connectors': { [connector.id]: types } }
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

/** The values of `Source.Arn` and the like. */
function valuesOf({ id }: SamResource, ends: { Source: End; Destination: End }): (variable: string) => Value {
  return (variable) => {
    const [side, name] = variable.split('.') as ['Source' | 'Destination', string]
    const { known, written } = ends[side]
    const value = known[name]
    if (value === undefined || value === null) throw invalidResource(id, `${variable} is missing.`, positionOf(written))
    return value
  }
}

/** What must not be created before the policy is there: the one mapping that polls, or a state machine that AWS tries out. */
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

/** The type as it is in the template: what a user knows as an `AWS::Serverless::Function` is told as one. */
function typeOf({ id, type }: End, written: ValueMap): Value {
  const resource = id === undefined ? undefined : member(written, id)
  return isMap(resource) && truthy(resource['Type']) ? resource['Type']! : type
}

function ownMetadata({ id, node, attributes: { Metadata: metadata } }: SamResource): ValueMap {
  if (metadata === undefined) return {}
  if (!isMap(metadata)) throw invalidResource(id, "Attribute 'Metadata' should be a map.", positionOfMember(node, 'Metadata'))
  return metadata
}

function memberOf<T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return table && Object.hasOwn(table, key) ? table[key] : undefined
}
