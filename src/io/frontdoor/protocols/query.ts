import type { ServiceModel, StructureShape } from '#kit/service-model.ts'
import type { Protocol } from '../exchange.ts'
import { errorElements } from './error-fields.ts'
import { type FormTree, numbered, readForm } from './form.ts'
import { perShape, shapeOf } from './per-shape.ts'
import { scalarFromText } from './text.ts'
import { element, escapeXml, xmlWriter } from './xml-write.ts'

/** AWS query: a form in, XML out. */
export const query: Protocol = {
  unreadable: 'MalformedInput',

  parse: (request, call) => readForm(request, call, (name) => reader(call.service, name)),

  write(output, { service, name, shape }, requestId) {
    const result = shape.output
      ? element(shape.output.resultWrapper ?? `${name}Result`, '', xmlWriter(service, shape.output.shape)(output))
      : ''
    const metadata = element('ResponseMetadata', '', element('RequestId', '', requestId))
    return xmlAnswer(200, element(`${name}Response`, namespace(service), result + metadata), requestId)
  },

  refuse({ code, message, status, fields }, service, requestId) {
    const type = element('Type', '', status < 500 ? 'Sender' : 'Receiver')
    const said = element('Code', '', escapeXml(code)) + element('Message', '', escapeXml(message))
    const error = element('Error', '', type + said + errorElements(fields, code, service))
    return xmlAnswer(status, element('ErrorResponse', namespace(service), error + element('RequestId', '', requestId)), requestId)
  },
}

function namespace(service: ServiceModel | undefined): string {
  return service?.xmlNamespace ? ` xmlns="${service.xmlNamespace}"` : ''
}

function xmlAnswer(status: number, body: string, requestId: string) {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body }
}

const reader = perShape<(value: string | FormTree, flattened?: boolean) => unknown>((shape, of, model) => {
  switch (shape.type) {
    case 'structure':
      return structureReader(shape, of, model)
    case 'list': {
      const item = of(shape.member.shape)
      const name = shape.member.locationName ?? 'member'
      return (value, flattened) => {
        if (typeof value === 'string') return value === '' ? [] : [item(value)]
        const entries = flattened || shape.flattened ? value : (value[name] ?? value['member'] ?? value)
        return typeof entries === 'string' ? [item(entries)] : numbered(entries).map((entry) => item(entry))
      }
    }
    case 'map': {
      const read = of(shape.value.shape)
      const keyName = shape.key.locationName ?? 'key'
      const valueName = shape.value.locationName ?? 'value'
      return (value, flattened) => {
        if (typeof value === 'string') return {}
        const entries = flattened || shape.flattened ? value : (value['entry'] ?? {})
        const pairs = (typeof entries === 'string' ? [] : numbered(entries)).map((entry) => {
          const { [keyName]: key, [valueName]: held } = entry as FormTree
          return [String(key ?? ''), read(held ?? '')]
        })
        return Object.fromEntries(pairs)
      }
    }
    default: {
      const read = scalarFromText(shape)
      return (value) => read(typeof value === 'string' ? value : '')
    }
  }
})

function structureReader(
  shape: StructureShape,
  of: (name: string) => (value: string | FormTree, flattened?: boolean) => unknown,
  model: ServiceModel,
): (value: string | FormTree) => unknown {
  const members = Object.entries(shape.members).map(([name, member]) => {
    const flattened = (member.flattened ?? (shapeOf(model, member.shape) as { flattened?: boolean }).flattened) === true
    return { name, key: member.locationName ?? name, flattened, read: of(member.shape) }
  })
  return (value) => {
    const found: Record<string, unknown> = {}
    if (typeof value === 'string') return found
    for (const { name, key, flattened, read } of members) {
      const held = value[key]
      if (held !== undefined) found[name] = read(held, flattened)
    }
    return found
  }
}
