import { positionOfMember } from '../template/position.ts'
import { isList, isMap, type Value, type ValueMap } from '../template/value.ts'
import { onlyKey } from './intrinsics.ts'
import { orderedEntries } from './python2/ordered-entries.ts'
import { invalidResource } from './refusal.ts'

/** What a property of a SAM resource or event may be, before anything looks into it. */
export interface PropertyRule {
  readonly required?: boolean
  /** Takes no `Fn::…` in place of the value. */
  readonly literal?: boolean
  readonly accepts: (value: Value) => boolean
  /** The words of the message for a wrong value; without them the message names only the property. */
  readonly expected?: string
}

export type PropertyRules = Readonly<Record<string, PropertyRule>>

const isText = (value: Value) => typeof value === 'string'
const isFlag = (value: Value) => typeof value === 'boolean'
const isInteger = (value: Value) => isFlag(value) || Number.isInteger(value)
const eitherOf =
  (...checks: ((value: Value) => boolean)[]) =>
  (value: Value) =>
    checks.some((check) => check(value))
const everyMember = (check: (value: Value) => boolean) => (value: Value) => isList(value) && value.every(check)
const everyValue = (check: (value: Value) => boolean) => (value: Value) => isMap(value) && Object.values(value).every(check)

export const anything: PropertyRule = { accepts: () => true, literal: true }
export const text: PropertyRule = { accepts: isText, expected: 'string' }
export const map: PropertyRule = { accepts: isMap, expected: 'map' }
export const list: PropertyRule = { accepts: isList }
export const integer: PropertyRule = { accepts: isInteger }
export const flag: PropertyRule = { accepts: isFlag }
/** A string that is judged together with other kinds, so that AWS's message does not say what it should be. */
export const plainText: PropertyRule = { accepts: isText }
export const textOrMap: PropertyRule = { accepts: eitherOf(isText, isMap) }
/** A map that is judged together with other kinds, so that AWS's message does not say what it should be. */
export const plainMap: PropertyRule = { accepts: isMap }
export const mapOrMaps: PropertyRule = { accepts: eitherOf(isMap, everyMember(isMap)) }
export const texts: PropertyRule = { accepts: everyMember(isText) }
export const flagOrMap: PropertyRule = { accepts: eitherOf(isFlag, isMap) }
export const textOrTexts: PropertyRule = { accepts: eitherOf(isText, everyMember(isText)), literal: true }
export const textOrMapOrLists: PropertyRule = { accepts: eitherOf(isText, isMap, everyMember(eitherOf(isText, isMap))) }
export const textOrTextsOrMaps: PropertyRule = { accepts: eitherOf(isText, everyMember(eitherOf(isText, isMap))) }
export const textsOrMaps: PropertyRule = { accepts: everyMember(eitherOf(isText, isMap)) }
export const mapOfMaps: PropertyRule = { accepts: everyValue(isMap) }
export const mapOfTexts: PropertyRule = { accepts: everyValue(isText) }
export const mapOfIntegers: PropertyRule = { accepts: everyValue(eitherOf(isInteger, isMap)) }
export const literalFlag: PropertyRule = { accepts: isFlag, literal: true }

/** The same, checked even where an intrinsic function stands in place of the value. */
export function literal(rule: PropertyRule): PropertyRule {
  return { ...rule, literal: true }
}

export function oneOf(...values: readonly [string, string]): PropertyRule {
  return {
    accepts: (value) => typeof value === 'string' && values.includes(value),
    expected: `one of the strings: '${values[0]}' or '${values[1]}'`,
  }
}

export function required(rule: PropertyRule): PropertyRule {
  return { ...rule, required: true }
}

/** Refuses the first property that is unknown, else the first that is missing or of the wrong type, in the order of the rules. */
export function checkProperties(id: string, type: string, properties: ValueMap, rules: PropertyRules): void {
  const isUnknown = (name: string) => !Object.hasOwn(rules, name)
  if (Object.keys(properties).some(isUnknown)) {
    const [name] = orderedEntries(properties).find(([key]) => isUnknown(key))!
    throw invalidResource(id, `property ${name} not defined for resource of type ${type}`, positionOfMember(properties, name))
  }
  for (const [name, rule] of Object.entries(rules)) {
    const value = properties[name] ?? null
    if (!rule.literal && onlyKey(value) !== undefined) continue
    if (value === null) {
      if (rule.required) throw invalidResource(id, `Missing required property '${name}'.`, positionOfMember(properties, name))
    } else if (!rule.accepts(value)) {
      throw invalidResource(id, wrongType(name, rule), positionOfMember(properties, name))
    }
  }
}

function wrongType(name: string, { expected }: PropertyRule): string {
  return expected ? `Property '${name}' should be a ${expected}.` : `Type of property '${name}' is invalid.`
}
