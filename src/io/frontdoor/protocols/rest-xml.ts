import type { MemberShape, ServiceModel, StructureShape } from '#kit/service-model.ts'
import type { Protocol, Structure } from '../exchange.ts'
import { UnreadableRequest } from '../exchange.ts'
import { errorElements } from './error-fields.ts'
import { parseRest, writeRest } from './rest.ts'
import { parseXml, xmlReader } from './xml-read.ts'
import { element, escapeXml, xmlDocument } from './xml-write.ts'

/** REST with XML bodies: S3, whose answers have ways of their own, and Route 53. */
export const restXml: Protocol = {
  unreadable: 'MalformedXML',

  parse: (request, call) => parseRest(request, call, { read: readBody, empty: undefined }),

  write(output, call, requestId) {
    const answer = writeRest(output, call, { write: writeBody, contentType: contentTypeOf(call.service) })
    return { ...answer, headers: { ...ids(call.service, requestId), ...answer.headers } }
  },

  refuse({ code, message, status, fields }, service, requestId) {
    const said =
      element('Code', '', escapeXml(code)) + element('Message', '', escapeXml(message)) + errorElements(fields, code, service)
    const request = element('RequestId', '', requestId)
    const type = element('Type', '', status < 500 ? 'Sender' : 'Receiver')
    const body = service?.noErrorWrapping
      ? element('Error', '', said + request + element('HostId', '', hostId(requestId)))
      : element(
          'ErrorResponse',
          service?.xmlNamespace ? ` xmlns="${service.xmlNamespace}"` : '',
          element('Error', '', type + said) + request,
        )
    return {
      status,
      headers: { 'content-type': contentTypeOf(service), ...ids(service, requestId) },
      // An answer that a cache already has carries no body, nor what would describe one (RFC 9110, 15.4.5).
      body: status === 304 ? '' : `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
    }
  },
}

/** A service that is not known yet is S3: what carries no signature is a request for an object. */
const isS3 = (service: ServiceModel | undefined) => service === undefined || service.noErrorWrapping === true

const contentTypeOf = (service: ServiceModel | undefined) => (isS3(service) ? 'application/xml' : 'text/xml')

function ids(service: ServiceModel | undefined, requestId: string): Readonly<Record<string, string>> {
  if (!isS3(service)) return { 'x-amzn-requestid': requestId }
  return { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId(requestId) }
}

/** S3 shows a second id, of the host that answered; here it repeats the first. */
function hostId(requestId: string): string {
  return Buffer.from(requestId.repeat(3)).toString('base64')
}

function readBody(service: ServiceModel, member: MemberShape, body: Uint8Array): Structure {
  const root = parseXml(Buffer.from(body).toString('utf8'))
  const shape = service.shapes[member.shape] as StructureShape
  const name = member.locationName ?? shape.locationName
  if (name && root.name !== name)
    throw new UnreadableRequest('The XML you provided was not well-formed or did not validate against our published schema')
  return xmlReader(service, member.shape)([root]) as Structure
}

function writeBody(service: ServiceModel, member: MemberShape, _shape: StructureShape, value: unknown): string {
  return xmlDocument(service, member, value)
}
