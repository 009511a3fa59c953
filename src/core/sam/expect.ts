import { isList, isMap, type Value, type ValueList, type ValueMap } from '../template/value.ts'
import { EventRefusal, invalidResource, type Refusal } from './refusal.ts'

/** Makes the refusal that fits the owner of a value: a resource, an event, or a resource's attribute. */
export interface Owner {
  readonly refuse: (text: string) => Refusal | EventRefusal
  readonly noun: 'Property' | 'Attribute'
}

export const ofProperty = (id: string): Owner => ({ refuse: (text) => invalidResource(id, text), noun: 'Property' })
export const ofAttribute = (id: string): Owner => ({ refuse: (text) => invalidResource(id, text), noun: 'Attribute' })
export const ofEvent = (id: string): Owner => ({ refuse: (text) => new EventRefusal(id, text), noun: 'Property' })

export function expectMap(value: Value | undefined, owner: Owner, path: string, message?: string): ValueMap {
  if (isMap(value)) return value
  throw owner.refuse(message ?? `${owner.noun} '${path}' should be a map.`)
}

export function expectList(value: Value | undefined, owner: Owner, path: string): ValueList {
  if (isList(value)) return value
  throw owner.refuse(`${owner.noun} '${path}' should be a list.`)
}

export function expectText(value: Value | undefined, owner: Owner, path: string): string {
  if (typeof value === 'string') return value
  throw owner.refuse(`${owner.noun} '${path}' should be a string.`)
}

export function expectTexts(value: Value | undefined, owner: Owner, path: string): string[] {
  return expectList(value, owner, path).map((member, index) => expectText(member, owner, `${path}[${index}]`))
}

export function expectFlag(value: Value | undefined, owner: Owner, path: string): boolean {
  if (typeof value === 'boolean') return value
  throw owner.refuse(`${owner.noun} '${path}' should be a boolean.`)
}

export function expectPresent(value: Value | undefined, owner: Owner, path: string): Value {
  if (value !== undefined && value !== null) return value
  throw owner.refuse(`Property '${path}' is required.`)
}
