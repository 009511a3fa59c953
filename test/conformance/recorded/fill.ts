import { at, textOf } from './path.ts'

/** A reference to something that no step has left. */
export class Unresolved extends Error {}

export type Lookup = (name: string) => unknown

/** Replaces `@{…}` in every text of a value, keys included; a text that is one reference becomes the value. */
export function fill(value: unknown, lookup: Lookup): unknown {
  return walk(value, (text) => fillText(text, lookup))
}

/** Puts one text in the place of every reference. */
export function fillWith(value: unknown, filler: string): unknown {
  return walk(value, (text) => text.replaceAll(REFERENCE, filler))
}

const REFERENCE = /@\{([^}]+)\}/g

function walk(value: unknown, change: (text: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, change))
  if (typeof value === 'string') return change(value)
  if (typeof value !== 'object' || value === null) return value
  if ('$base64' in value) return Buffer.from(String(value.$base64), 'base64')
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [String(change(key)), walk(item, change)]))
}

function fillText(text: string, lookup: Lookup): unknown {
  const whole = /^@\{([^}]+)\}$/.exec(text)
  if (whole?.[1]) return resolve(whole[1], lookup)
  return text.replaceAll(REFERENCE, (_, reference: string) => textOf(resolve(reference, lookup)))
}

/** `s4.items[0].id`, `s4.Payload|json.x`, `s3.Role|split(role/)[-1]`. */
function resolve(reference: string, lookup: Lookup): unknown {
  const [, name = '', path = ''] = /^([\w:-]+)\.?(.*)$/s.exec(reference) ?? []
  const found = at(lookup(name), path)
  if (found === undefined) throw new Unresolved(`nothing at @{${reference}}`)
  return found
}
