import type { MemberShape, ServiceModel, StructureShape } from '#kit/service-model.ts'
import type { Protocol, Structure } from '../exchange.ts'
import { errorShape } from './error-fields.ts'
import { jsonReader, jsonWriter, parseJson } from './json-codec.ts'
import { jsonErrorMembers } from './json-errors.ts'
import { headerBindings, parseRest, writeRest } from './rest.ts'

/** REST with JSON bodies: Lambda, API Gateway. */
export const restJson: Protocol = {
  unreadable: 'SerializationException',

  parse: (request, call) => parseRest(request, call, { read: readBody, empty: {} }),

  write(output, call, requestId) {
    const answer = writeRest(output, call, { write: writeBody, contentType: 'application/json' })
    return { ...answer, headers: { 'x-amzn-requestid': requestId, ...answer.headers } }
  },

  refuse(refusal, service, requestId) {
    const shape = errorShape(service, refusal.code)
    return {
      status: refusal.status,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': requestId,
        'x-amzn-errortype': refusal.code,
        ...(service && shape ? headerBindings(service, shape, refusal.fields) : {}),
      },
      body: JSON.stringify(jsonErrorMembers(refusal, service)),
    }
  },
}

function readBody(service: ServiceModel, member: MemberShape, body: Uint8Array): Structure {
  return jsonReader(service, member.shape)(parseJson(body)) as Structure
}

function writeBody(service: ServiceModel, member: MemberShape, _shape: StructureShape, value: unknown): string {
  return JSON.stringify(jsonWriter(service, member.shape)(value))
}
