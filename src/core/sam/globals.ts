import { AT, positionedAs, positionOf, positionOfMember, positionsOf } from '../template/position.ts'
import { isList, isMap, type Value, type ValueMap } from '../template/value.ts'
import { copyOf, member, put } from './copy.ts'
import { globalsProperties } from './data/globals-properties.ts'
import { isIntrinsic } from './intrinsics.ts'
import { applyOpenApiVersion } from './openapi-version.ts'
import { repr } from './python.ts'
import { mergedFrom } from './python2/key-order.ts'
import { ownAs } from './python2/own-words.ts'
import { DocumentRefusal, invalidResource, Refusal } from './refusal.ts'
import { samResources } from './sam-types.ts'

const PREFIX = 'AWS::Serverless::'

/** Writes the `Globals` section into the resources it is meant for, and takes it away. */
export function mergeGlobals(template: ValueMap): void {
  const sections = readGlobals(template)
  for (const [id, resource] of samResources(template)) {
    const type = String(resource['Type'])
    const globals = type.startsWith(PREFIX) ? member(sections, type.slice(PREFIX.length)) : undefined
    const properties = resource['Properties'] === undefined ? positionedAs({}, resource) : resource['Properties']
    resource['Properties'] = isMap(globals) ? merged(applying(id, resource, globals), properties) : properties
  }
  delete template['Globals']
  applyOpenApiVersion(template)
}

function readGlobals(template: ValueMap): ValueMap {
  if (!Object.hasOwn(template, 'Globals')) return {}
  const globals = template['Globals']
  const invalid = (text: string, key?: string) =>
    new DocumentRefusal([
      new Refusal(`'Globals' section is invalid. ${text}`, {
        position: key === undefined ? positionOfMember(template, 'Globals') : positionOfMember(globals, key),
        sortKey: 'Globals',
      }),
    ])
  if (!isMap(globals)) throw invalid('It must be a non-empty dictionary')
  for (const [section, properties] of Object.entries(globals)) {
    if (!Object.hasOwn(globalsProperties, section)) {
      const known = Object.keys(globalsProperties).sort()
      throw invalid(`'${section}' is not supported. Must be one of the following values - ${repr(known)}`, section)
    }
    // The dollar sign is AWS's: its message was meant to name the section.
    if (!isMap(properties)) throw invalid('Value of ${section} must be a dictionary', section)
    const supported = globalsProperties[section]!
    const unknown = Object.keys(properties).find((key) => !supported.includes(key))
    if (unknown === undefined) continue
    throw invalid(
      `'${unknown}' is not a supported property of '${section}'. Must be one of the following values - ${repr([...supported])}`,
      section,
    )
  }
  return globals
}

/** What is left of a section after the resource's `IgnoreGlobals`. */
function applying(id: string, resource: ValueMap, globals: ValueMap): ValueMap {
  const ignored = resource['IgnoreGlobals'] ?? null
  const invalid = (text: string) =>
    new DocumentRefusal([
      invalidResource(id, `Resource ${id} has invalid resource attribute 'IgnoreGlobals'${text}.`, positionOf(resource)),
    ])
  if (ignored === null || ignored === '' || (isList(ignored) && ignored.length === 0)) return globals
  if (ignored === '*') return {}
  if (!isList(ignored)) throw invalid('')
  const kept = { ...copyOf(globals) }
  for (const key of ignored) {
    if (typeof key !== 'string' || !Object.hasOwn(kept, key))
      throw invalid(` on item '${typeof key === 'string' ? key : repr(key)}'`)
    delete kept[key]
  }
  return kept
}

/** Maps are merged, lists joined, anything else is the resource's own. */
function merged(globals: Value, own: Value): Value {
  if (isList(globals) && isList(own)) return positionedAs([...globals, ...own], own)
  if (isIntrinsic(globals) || isIntrinsic(own)) return own
  return isMap(globals) && isMap(own) ? mergedMaps(globals, own) : own
}

function mergedMaps(globals: ValueMap, own: ValueMap): ValueMap {
  const both: ValueMap = { ...globals }
  for (const [key, value] of Object.entries(own)) {
    put(both, key, Object.hasOwn(globals, key) ? merged(globals[key]!, value) : value)
  }
  return ownAs(mergedFrom(placedAsBoth(both, globals, own), globals, own), own)
}

/** What is merged stands where the resource's own part does, its members where each was written. */
function placedAsBoth(both: ValueMap, globals: ValueMap, own: ValueMap): ValueMap {
  const [general, special] = [positionsOf(globals), positionsOf(own)]
  if (general && special) both[AT] = { ...special, members: { ...general.members, ...special.members } }
  return both
}
