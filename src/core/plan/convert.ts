import { callIn, type IntrinsicCall } from '../template/intrinsics/registry.ts'
import { AT, type Position, positionedAs, positionOf, positionOfMember } from '../template/position.ts'
import { KNOWN_AFTER_APPLY } from '../template/scope.ts'
import { isList, isMap, memberOf, textOfMember, type Value, type ValueList, type ValueMap } from '../template/value.ts'
import type { PropertySchema, PropertyType, ResourceSchema } from './schema.ts'

/** Something in a property that does not fit its schema. */
export interface Misfit {
  readonly path: readonly (string | number)[]
  readonly kind: 'unknown-property' | 'missing' | 'type' | 'enum'
  /** In AWS's words. */
  readonly message: string
  readonly position: Position | undefined
}

type Path = readonly (string | number)[]

/** A value where it stands: its text and its place are known by what holds it. */
interface Place {
  readonly holder: ValueMap | ValueList
  readonly key: string | number
  readonly path: Path
}

interface Conversion {
  readonly definitions: ResourceSchema<unknown>['definitions']
  readonly report: (misfit: Misfit) => void
}

/**
 * Turns properties into the types of their schema, as CloudFormation does before it hands them to a resource: `"5"` into 5 where a
 * number is meant, 5 into `"5"` where text is, a single value into a list of one. What does not fit is reported and stays as it is.
 * Functions and values known only after apply are passed over.
 */
export function convertProperties(
  properties: ValueMap,
  { properties: members, required, definitions, isOpen }: ResourceSchema<unknown>,
  report: (misfit: Misfit) => void,
): ValueMap {
  const reported = (misfit: Misfit) => {
    if (!(isOpen && misfit.kind === 'unknown-property' && misfit.path.length === 1)) report(misfit)
  }
  return convertMembers(properties, members, required, [], { definitions, report: reported })
}

function convertMembers(
  map: ValueMap,
  members: Readonly<Record<string, PropertySchema>>,
  required: readonly string[],
  path: Path,
  conversion: Conversion,
): ValueMap {
  const { report } = conversion
  const converted: ValueMap = {}
  for (const [name, value] of Object.entries(map)) {
    const member = Object.hasOwn(members, name) ? members[name] : undefined
    const place = { holder: map, key: name, path: [...path, name] }
    converted[name] = member ? convertMember(value, member, place, conversion) : value
    const message = `Encountered unsupported properties in {${pointer(path)}}: [${name}]`
    if (!member) report({ path: place.path, kind: 'unknown-property', message, position: positionOfMember(map, name) })
  }
  for (const name of required) {
    if (memberOf(map, name) !== undefined) continue
    const message = `The property {${pointer([...path, name])}} is required`
    report({ path: [...path, name], kind: 'missing', message, position: positionOf(map) })
  }
  return positionedAs(converted, map)
}

function convertMember(value: Value, { type, allowed }: PropertySchema, place: Place, conversion: Conversion): Value {
  const converted = convertValue(value, type, place, conversion)
  const isScalar = typeof converted === 'string' || typeof converted === 'number'
  if (allowed && isScalar && converted !== KNOWN_AFTER_APPLY && !allowed.includes(converted)) {
    // unverified: the wording.
    const message = `Value of property {${pointer(place.path)}} must be one of [${allowed.join(', ')}]`
    conversion.report({ path: place.path, kind: 'enum', message, position: positionOfMember(place.holder, place.key) })
  }
  return converted
}

function convertValue(value: Value, type: PropertyType, place: Place, conversion: Conversion): Value {
  const call = callIn(value)
  if (call) {
    if (call.intrinsic.condition) checkBranches(call, type, place, conversion)
    return value
  }
  if (value === KNOWN_AFTER_APPLY) return value
  switch (type.kind) {
    case 'string':
    case 'date-time':
      return textOfMember(place.holder, place.key) ?? misfit(value, 'String', place, conversion)
    case 'integer':
      return toNumber(value, INTEGER, place) ?? misfit(value, 'Integer', place, conversion)
    case 'number':
      return toNumber(value, NUMBER, place) ?? misfit(value, 'Number', place, conversion)
    case 'boolean':
      return toBoolean(value) ?? misfit(value, 'Boolean', place, conversion)
    case 'json':
      return value
    case 'tag':
      if (!isMap(value)) return misfit(value, 'Tag', place, conversion)
      return convertMembers(value, TAG, ['Key', 'Value'], place.path, conversion)
    case 'list':
      return convertList(value, type.of, place, conversion)
    case 'map':
      return convertMap(value, type.of, place, conversion)
    case 'definition':
      return convertDefinition(value, type.name, place, conversion)
    case 'union':
      return convertUnion(value, type.of, place, conversion)
  }
}

/** Either branch of a condition may become the property. */
function checkBranches({ intrinsic, argument }: IntrinsicCall, type: PropertyType, { path }: Place, conversion: Conversion) {
  if (!isList(argument)) return
  for (const branch of [1, 2]) {
    const place = { holder: argument, key: branch, path: [...path, intrinsic.name, branch] }
    convertValue(argument[branch] ?? null, type, place, conversion)
  }
}

const INTEGER = /^[-+]?\d+(\.0*)?$/
const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/

function toNumber(value: Value, pattern: RegExp, { holder, key }: Place): number | undefined {
  if (typeof value === 'boolean') return undefined
  const text = typeof value === 'number' ? String(value) : (textOfMember(holder, key) ?? '').trim()
  return pattern.test(text) ? Number(text) : undefined
}

function toBoolean(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value
  const text = typeof value === 'string' ? value.toLowerCase() : ''
  return text === 'true' || text === 'false' ? text === 'true' : undefined
}

/** CloudFormation takes one value for a list of one. */
function convertList(value: Value, of: PropertyType, place: Place, conversion: Conversion): Value {
  if (isMap(value) || value === null) return misfit(value, 'List', place, conversion)
  const items = isList(value) ? value : listOfOne(value, place)
  const converted: ValueList = items.map((item, index) =>
    convertValue(item, of, { holder: items, key: index, path: [...place.path, index] }, conversion),
  )
  return positionedAs(converted, items)
}

function convertMap(value: Value, of: PropertyType, place: Place, conversion: Conversion): Value {
  if (!isMap(value)) return misfit(value, 'Object', place, conversion)
  const converted: ValueMap = {}
  for (const [key, member] of Object.entries(value))
    converted[key] = convertValue(member, of, { holder: value, key, path: [...place.path, key] }, conversion)
  return positionedAs(converted, value)
}

function convertDefinition(value: Value, name: string, place: Place, conversion: Conversion): Value {
  if (!isMap(value)) return misfit(value, 'Object', place, conversion)
  const members = conversion.definitions[name] ?? {}
  const required = Object.keys(members).filter((member) => members[member]?.required)
  return convertMembers(value, members, required, place.path, conversion)
}

/** The alternative that fits as it is, else one that fits when turned; where none does, the first says what is wrong. */
function convertUnion(value: Value, alternatives: readonly PropertyType[], place: Place, conversion: Conversion): Value {
  const attempts = alternatives.map((alternative) => {
    const misfits: Misfit[] = []
    const report = (found: Misfit) => void misfits.push(found)
    return { converted: convertValue(value, alternative, place, { ...conversion, report }), misfits }
  })
  const fitting = attempts.filter(({ misfits }) => misfits.length === 0)
  const chosen = fitting.find(({ converted }) => typeof converted === typeof value) ?? fitting[0]
  if (chosen) return chosen.converted
  for (const found of attempts[0]?.misfits ?? []) conversion.report(found)
  return value
}

/** The only member stands where the value stood. */
function listOfOne(value: Value, { holder, key }: Place): ValueList {
  const list: ValueList = [value]
  const position = positionOfMember(holder, key)
  if (position) list[AT] = { self: position, members: { 0: position } }
  return list
}

const TAG: Readonly<Record<string, PropertySchema>> = { Key: { type: { kind: 'string' } }, Value: { type: { kind: 'string' } } }

/** unverified: the wording. */
function misfit(value: Value, expected: string, { holder, key, path }: Place, { report }: Conversion): Value {
  const message = `Value of property {${pointer(path)}} does not match type {${expected}}`
  report({ path, kind: 'type', message, position: positionOfMember(holder, key) })
  return value
}

export function pointer(path: Path): string {
  return `/${path.join('/')}`
}
