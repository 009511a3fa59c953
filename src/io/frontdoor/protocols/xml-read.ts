import type { ServiceModel, StructureShape } from '#kit/service-model.ts'
import { UnreadableRequest } from '../exchange.ts'
import { perShape } from './per-shape.ts'
import { scalarFromText } from './text.ts'
import { elementName } from './xml-write.ts'

export interface XmlElement {
  /** Without its namespace prefix. */
  readonly name: string
  /** By full name. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

const MOST_LEVELS = 64
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const NOT_WELL_FORMED = 'The XML you provided was not well-formed or did not validate against our published schema'

// One piece of markup or text at a time. There is no document type: entities cannot be declared, so none can grow or read a file.
const TOKEN =
  /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s<>/]+)\s*>|<([^\s<>/!?]+)((?:\s+[^\s=<>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y

/** Parses a small XML document. Refuses document types, undeclared entities, more than one root, and deep nesting. */
export function parseXml(source: string): XmlElement {
  const roots: OpenElement[] = []
  const open: OpenElement[] = []
  TOKEN.lastIndex = source.startsWith('\ufeff') ? 1 : 0
  while (TOKEN.lastIndex < source.length) {
    const token = TOKEN.exec(source)
    if (!token) throw new UnreadableRequest(NOT_WELL_FORMED)
    const [, characters, closing, opening, attributes, selfClosing, text] = token
    const top = open.at(-1)
    if (characters !== undefined) addText(top, characters)
    else if (text !== undefined) addText(top, unescapeXml(text))
    else if (closing !== undefined) {
      if (open.pop()?.tag !== closing) throw new UnreadableRequest(NOT_WELL_FORMED)
    } else if (opening !== undefined) {
      const element: OpenElement = {
        tag: opening,
        name: localName(opening),
        attributes: readAttributes(attributes ?? ''),
        children: [],
        text: '',
      }
      ;(top?.children ?? roots).push(element)
      if (!selfClosing) open.push(element)
      if (open.length > MOST_LEVELS) throw new UnreadableRequest(NOT_WELL_FORMED)
    }
  }
  const [root, second] = roots
  if (!root || second || open.length > 0) throw new UnreadableRequest(NOT_WELL_FORMED)
  return root
}

interface OpenElement extends XmlElement {
  readonly tag: string
  readonly children: OpenElement[]
  text: string
}

function addText(top: OpenElement | undefined, text: string): void {
  if (top) top.text += text
  else if (text.trim() !== '') throw new UnreadableRequest(NOT_WELL_FORMED)
}

function localName(tag: string): string {
  return tag.slice(tag.indexOf(':') + 1)
}

function readAttributes(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, name, double, single] of text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    found[name as string] = unescapeXml(double ?? single ?? '')
  }
  return found
}

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
    const code = number ? Number.parseInt(number[1] ?? number[2] ?? '', number[1] ? 16 : 10) : undefined
    const replacement = code !== undefined && code <= 0x10ffff ? String.fromCodePoint(code) : ENTITIES[name]
    if (replacement === undefined || !whole.endsWith(';')) throw new UnreadableRequest(NOT_WELL_FORMED)
    return replacement
  })
}

/** Reads the elements of one name: several where a list is flat, one elsewhere. */
type ReadElements = (elements: readonly XmlElement[], flattened?: boolean) => unknown

export const xmlReader = perShape<ReadElements>((shape, of, model) => {
  switch (shape.type) {
    case 'structure':
      return structureReader(shape, of, model)
    case 'list': {
      const item = of(shape.member.shape)
      const itemName = shape.member.locationName ?? 'member'
      return (elements, flattened) => {
        const items = flattened || shape.flattened ? elements : elements.flatMap((one) => named(one, itemName))
        return items.map((one) => item([one]))
      }
    }
    case 'map': {
      const read = of(shape.value.shape)
      return (elements, flattened) => {
        const entries = flattened || shape.flattened ? elements : elements.flatMap((one) => named(one, 'entry'))
        return Object.fromEntries(
          entries.map((entry) => [
            named(entry, shape.key.locationName ?? 'key')[0]?.text ?? '',
            read(named(entry, shape.value.locationName ?? 'value')),
          ]),
        )
      }
    }
    default: {
      const read = scalarFromText(shape)
      return ([first]) => read(first?.text ?? '')
    }
  }
})

function structureReader(shape: StructureShape, of: (name: string) => ReadElements, model: ServiceModel): ReadElements {
  const members = Object.entries(shape.members)
    .filter(([, member]) => !member.location)
    .map(([name, member]) => ({ name, key: elementName(model, name, member), member, read: of(member.shape) }))
  return ([first]) => {
    const found: Record<string, unknown> = {}
    if (!first) return found
    for (const { name, key, member, read } of members) {
      if (member.xmlAttribute) {
        const text = first.attributes[member.locationName ?? name]
        if (text !== undefined) found[name] = text
        continue
      }
      const elements = named(first, key)
      if (elements.length > 0) found[name] = read(elements, member.flattened)
    }
    return found
  }
}

function named({ children }: XmlElement, name: string): readonly XmlElement[] {
  return children.filter((child) => child.name === name)
}
