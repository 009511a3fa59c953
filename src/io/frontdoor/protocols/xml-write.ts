import type { MemberShape, ServiceModel, StructureShape, XmlNamespace } from '#kit/service-model.ts'
import { perShape, shapeOf } from './per-shape.ts'
import { scalarToText } from './text.ts'

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;' }

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 has no way to write
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

export function escapeXml(text: string): string {
  // Forbidden characters are left out: no parser would take the rest of the answer otherwise.
  return text.replace(FORBIDDEN, '').replace(/[&<>"\r]/g, (one) => ESCAPES[one] as string)
}

export function element(name: string, attributes: string, inner: string): string {
  return inner === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${inner}</${name}>`
}

/** Writes one value as the element or, where a list is flat, the elements of this name. */
type WriteElement = (value: unknown, name: string, member: MemberShape) => string

/** The elements inside the structure of this name. */
export function xmlWriter(model: ServiceModel, name: string): (value: unknown) => string {
  const shape = shapeOf(model, name)
  if (shape.type !== 'structure') throw new Error(`${name} is not a structure`)
  const { inner } = structureWriter(model, name)
  return (value) => inner(value as Readonly<Record<string, unknown>>)
}

/** The structure as the root element of a document. */
export function xmlDocument(model: ServiceModel, member: MemberShape, value: unknown): string {
  const shape = shapeOf(model, member.shape) as StructureShape
  const name = member.locationName ?? shape.locationName ?? member.shape
  const uri = member.xmlNamespace?.uri ?? shape.xmlNamespace?.uri ?? model.xmlNamespace
  const { attributes, inner } = structureWriter(model, member.shape)
  const structure = value as Readonly<Record<string, unknown>>
  const body = shape.unwrapped ? escapeXml(String(Object.values(structure)[0] ?? '')) : inner(structure)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, `${uri ? ` xmlns="${uri}"` : ''}${attributes(structure)}`, body)}`
}

interface StructureWriter {
  attributes(value: Readonly<Record<string, unknown>>): string
  inner(value: Readonly<Record<string, unknown>>): string
}

const structures = new WeakMap<ServiceModel, Map<string, StructureWriter>>()
function structureWriter(model: ServiceModel, name: string): StructureWriter {
  const known = structures.get(model) ?? new Map<string, StructureWriter>()
  structures.set(model, known)
  const made = known.get(name) ?? compileStructure(model, shapeOf(model, name) as StructureShape)
  known.set(name, made)
  return made
}

function compileStructure(model: ServiceModel, shape: StructureShape): StructureWriter {
  const members = Object.entries(shape.members).filter(([, member]) => !member.location)
  const elements = members
    .filter(([, member]) => !member.xmlAttribute)
    .map(([name, member]) => ({ name, key: elementName(model, name, member), member, write: writer(model, member.shape) }))
  const attributes = members.filter(([, member]) => member.xmlAttribute)
  return {
    attributes: (value) =>
      namespaceAttribute(shape.xmlNamespace) +
      attributes
        .filter(([name]) => value[name] !== undefined)
        .map(([name, member]) => ` ${member.locationName ?? name}="${escapeXml(String(value[name]))}"`)
        .join(''),
    inner(value) {
      let text = ''
      for (const { name, key, member, write } of elements) {
        const held = value[name]
        if (held !== undefined && held !== null) text += write(held, key, member)
      }
      return text
    },
  }
}

/** Of a flat list, the name of its items wins over the name of the member that holds it. */
export function elementName(model: ServiceModel, name: string, member: MemberShape): string {
  const shape = shapeOf(model, member.shape)
  const item = shape.type === 'list' && (member.flattened || shape.flattened) ? shape.member.locationName : undefined
  return item ?? member.locationName ?? name
}

function namespaceAttribute(namespace: XmlNamespace | undefined): string {
  if (!namespace) return ''
  return ` xmlns${namespace.prefix ? `:${namespace.prefix}` : ''}="${namespace.uri}"`
}

const writer = perShape<WriteElement>((shape, of, model) => {
  switch (shape.type) {
    case 'structure':
      return (value, name, member) => {
        const { attributes, inner } = structureWriter(model, member.shape)
        const structure = value as Readonly<Record<string, unknown>>
        return element(name, namespaceAttribute(member.xmlNamespace) + attributes(structure), inner(structure))
      }
    case 'list': {
      const item = of(shape.member.shape)
      const itemName = shape.member.locationName ?? 'member'
      return (value, name, member) => {
        const flat = member.flattened || shape.flattened
        let text = ''
        for (const one of value as readonly unknown[]) if (one != null) text += item(one, flat ? name : itemName, shape.member)
        return flat ? text : element(name, '', text)
      }
    }
    case 'map': {
      const key = of(shape.key.shape)
      const held = of(shape.value.shape)
      return (value, name, member) => {
        const flat = member.flattened || shape.flattened
        let text = ''
        for (const [one, its] of Object.entries(value as object)) {
          const entry =
            key(one, shape.key.locationName ?? 'key', shape.key) + held(its, shape.value.locationName ?? 'value', shape.value)
          text += element(flat ? name : 'entry', '', entry)
        }
        return flat ? text : element(name, '', text)
      }
    }
    default: {
      const text = scalarToText(shape, undefined, 'iso8601')
      return (value, name, member) => {
        const own = member.timestampFormat ? scalarToText(shape, member, 'iso8601') : text
        return element(name, '', escapeXml(own(value)))
      }
    }
  }
})
