import type { MemberShape, StructureShape } from '#kit/service-model.ts'
import type { Protocol } from '../exchange.ts'
import { type FormTree, numbered, readForm } from './form.ts'
import { perShape } from './per-shape.ts'
import { scalarFromText } from './text.ts'
import { element, escapeXml, xmlWriter } from './xml-write.ts'

/** The query protocol as EC2 has it: lists are always flat, names begin upper case, the answer has no wrapper. */
export const ec2: Protocol = {
  unreadable: 'InvalidParameterValue',

  parse: (request, call) => readForm(request, call, (name) => reader(call.service, name)),

  write(output, { service, name, shape }, requestId) {
    const members = shape.output ? xmlWriter(service, shape.output.shape)(output) : element('return', '', 'true')
    const body = element(`${name}Response`, ` xmlns="${service.xmlNamespace}"`, element('requestId', '', requestId) + members)
    return xmlAnswer(200, body, requestId)
  },

  refuse({ code, message, status }, _service, requestId) {
    const error = element('Error', '', element('Code', '', escapeXml(code)) + element('Message', '', escapeXml(message)))
    const body = element('Response', '', element('Errors', '', error) + element('RequestID', '', requestId))
    return xmlAnswer(status, body, requestId)
  },
}

function xmlAnswer(status: number, body: string, requestId: string) {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  }
}

/** The name of a member in an EC2 request: `queryName`, else the name it has in XML with an upper-case first letter. */
export function ec2Name(name: string, { queryName, locationName }: MemberShape): string {
  const wire = locationName ?? name
  return queryName ?? wire.charAt(0).toUpperCase() + wire.slice(1)
}

const reader = perShape<(value: string | FormTree) => unknown>((shape, of) => {
  if (shape.type === 'structure') return structureReader(shape, of)
  if (shape.type === 'list') {
    const item = of(shape.member.shape)
    return (value) => (typeof value === 'string' ? [] : numbered(value).map(item))
  }
  const read = scalarFromText(shape)
  return (value) => read(typeof value === 'string' ? value : '')
})

function structureReader(
  shape: StructureShape,
  of: (name: string) => (value: string | FormTree) => unknown,
): (value: string | FormTree) => unknown {
  const members = Object.entries(shape.members).map(([name, member]) => [name, ec2Name(name, member), of(member.shape)] as const)
  return (value) => {
    const found: Record<string, unknown> = {}
    if (typeof value === 'string') return found
    for (const [name, key, read] of members) {
      const held = value[key]
      if (held !== undefined) found[name] = read(held)
    }
    return found
  }
}
