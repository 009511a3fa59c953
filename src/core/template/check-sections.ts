import { AwsError } from '../aws/aws-error.ts'
import { MAX_MAPPINGS, MAX_OUTPUTS, MAX_PARAMETERS, MAX_RESOURCES } from './limits.ts'
import { parameterTypeOf } from './parameter-types.ts'
import { type Position, positionOf, positionOfMember } from './position.ts'
import { isList, isMap, memberOf, type Value, type ValueMap } from './value.ts'

/** One question asked of a template; it throws AWS's refusal. */
export type CheckSection = (template: ValueMap) => void

const SECTIONS = new Set([
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Resources',
  'Outputs',
  'Hooks',
  // Taken by the SAM transform, and gone after it.
  'Globals',
])

export function checkSections(template: ValueMap) {
  const unknown = Object.keys(template).filter((name) => !SECTIONS.has(name))
  if (unknown.length > 0)
    throw new AwsError('ValidationError', `Invalid template property or properties [${unknown.join(', ')}]`, {
      position: positionOfMember(template, unknown[0] ?? ''),
    })
  const version = memberOf(template, 'AWSTemplateFormatVersion')
  // unverified: recalled.
  if (version !== undefined && version !== '2010-09-09')
    throw formatError(
      `${String(version)} is not a supported value for AWSTemplateFormatVersion.`,
      positionOfMember(template, 'AWSTemplateFormatVersion'),
    )
  const description = memberOf(template, 'Description')
  // unverified: recalled.
  if (description !== undefined && typeof description !== 'string')
    throw formatError('Description must be a string.', positionOfMember(template, 'Description'))
  const resources = memberOf(template, 'Resources')
  if (resources !== undefined && resources !== null && !isMap(resources))
    throw formatError('Any Resources member must be an object.', positionOfMember(template, 'Resources'))
  if (!isMap(resources) || Object.keys(resources).length === 0)
    throw formatError('At least one Resources member must be defined.', positionOfMember(template, 'Resources'))
}

export function checkParameters(template: ValueMap) {
  for (const { name, member, at } of membersOf(template, 'Parameters', 'Parameter', MAX_PARAMETERS)) {
    const type = isMap(member) ? memberOf(member, 'Type') : undefined
    // unverified: recalled, as the next.
    if (type === undefined) throw formatError('Every Parameters object must contain a Type member.', at)
    if (typeof type !== 'string' || !parameterTypeOf(type)) throw formatError(`Unrecognized parameter type: ${String(type)}`, at)
    const invalid = Object.keys(isMap(member) ? member : {}).find((key) => !PARAMETER_MEMBERS.has(key))
    if (invalid !== undefined)
      throw new AwsError('ValidationError', `Invalid template parameter property '${invalid}'`, {
        position: positionOfMember(member, invalid),
      })
    if (name.length > 255) throw formatError(`Parameter name ${name} is longer than 255 characters.`, at)
  }
}

const PARAMETER_MEMBERS = new Set([
  'Type',
  'Default',
  'NoEcho',
  'Description',
  'AllowedValues',
  'AllowedPattern',
  'MinLength',
  'MaxLength',
  'MinValue',
  'MaxValue',
  'ConstraintDescription',
])

export function checkMappings(template: ValueMap) {
  for (const { name, member, at } of membersOf(template, 'Mappings', 'Mapping', MAX_MAPPINGS)) {
    if (!isMap(member)) throw formatError(`Every Mappings member ${name} must be a map`, at)
    for (const [key, attributes] of Object.entries(member)) {
      if (!isMap(attributes)) throw formatError(`Every Mappings member ${key} must be a map`, positionOfMember(member, key))
      for (const [attribute, value] of Object.entries(attributes))
        if (isMap(value) || (isList(value) && value.some((item) => isMap(item))))
          throw formatError('Every Mappings attribute must be a String or a List.', positionOfMember(attributes, attribute))
    }
  }
}

const RESOURCE_MEMBERS = new Set([
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'Metadata',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'CreationPolicy',
  'UpdatePolicy',
  'Description',
])

export function checkResources(template: ValueMap) {
  refuseLoops(template)
  for (const { name, member, at } of membersOf(template, 'Resources', 'Resource', MAX_RESOURCES)) {
    if (!isMap(member)) throw formatError('Any Resources member must be an object.', at)
    const type = memberOf(member, 'Type')
    if (typeof type !== 'string' || type === '')
      throw formatError(`[/Resources/${name}] Every Resources object must contain a Type member.`, at)
    const invalid = Object.keys(member).find((key) => !RESOURCE_MEMBERS.has(key))
    if (invalid !== undefined)
      throw new AwsError('ValidationError', `Invalid template resource property '${invalid}'`, {
        position: positionOfMember(member, invalid),
      })
    const properties = memberOf(member, 'Properties')
    // unverified: the wording.
    if (properties !== undefined && !isMap(properties))
      throw formatError(`[/Resources/${name}/Properties] Properties must be an object.`, positionOfMember(member, 'Properties'))
    checkDependsOn(member)
  }
}

/** Measured, of a loop without the transform that knows loops: https://github.com/ministackorg/ministack/pull/1739 */
function refuseLoops(template: ValueMap) {
  const resources = memberOf(template, 'Resources')
  const loop = Object.keys(isMap(resources) ? resources : {}).find((name) => name.startsWith('Fn::ForEach::'))
  if (loop !== undefined)
    throw formatError(`[/Resources/${loop}] resource definition is malformed`, positionOfMember(resources, loop))
}

function checkDependsOn(resource: ValueMap) {
  const dependsOn = memberOf(resource, 'DependsOn')
  const names = isList(dependsOn) ? dependsOn : dependsOn === undefined ? [] : [dependsOn]
  if (names.some((name) => typeof name !== 'string'))
    // unverified: recalled.
    throw formatError('DependsOn must be a string or list of strings.', positionOfMember(resource, 'DependsOn'))
}

export function checkOutputs(template: ValueMap) {
  for (const { member, at } of membersOf(template, 'Outputs', 'Output', MAX_OUTPUTS)) {
    if (!isMap(member) || memberOf(member, 'Value') === undefined)
      throw formatError('Every Outputs member must contain a Value object', at)
    const exported = memberOf(member, 'Export')
    if (exported !== undefined && (!isMap(exported) || memberOf(exported, 'Name') === undefined))
      // unverified: the wording.
      throw formatError('Every Export object must contain a Name member', positionOfMember(member, 'Export'))
    const value = memberOf(member, 'Value') ?? null
    if (isList(value))
      // unverified: recalled.
      throw formatError('The Value field of every Outputs member must evaluate to a String.', positionOfMember(member, 'Value'))
  }
}

interface Member {
  readonly name: string
  readonly member: Value
  readonly at: Position | undefined
}

/** The members of a section, their names and number checked. */
function membersOf(template: ValueMap, section: string, noun: string, most: number): readonly Member[] {
  const members = memberOf(template, section)
  if (members === undefined) return []
  // unverified: the wording.
  if (!isMap(members)) throw formatError(`${section} must be an object.`, positionOfMember(template, section))
  const names = Object.keys(members)
  if (names.length > most)
    throw formatError(
      `Number of ${section.toLowerCase()}, ${names.length}, is greater than maximum allowed, ${most}`,
      positionOf(members),
    )
  return names.map((name) => {
    const at = positionOfMember(members, name)
    // Names of mappings and of what is in them may hold dots and dashes.
    if (section !== 'Mappings' && !/^[A-Za-z0-9]+$/.test(name)) throw formatError(`${noun} name ${name} is non alphanumeric.`, at)
    return { name, member: members[name] ?? null, at }
  })
}

export function formatError(text: string, position: Position | undefined): AwsError {
  return new AwsError('ValidationError', `Template format error: ${text}`, { position })
}
