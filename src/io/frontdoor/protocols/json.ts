import type { Protocol, Structure } from '../exchange.ts'
import { jsonReader, jsonWriter, parseJson } from './json-codec.ts'
import { jsonErrorMembers } from './json-errors.ts'

/** AWS JSON 1.0 and 1.1: the operation is named in a header, everything else is the body. */
export const json: Protocol = {
  unreadable: 'SerializationException',

  parse({ body }, { service, shape }) {
    const value = body.length === 0 ? {} : parseJson(body)
    return shape.input ? (jsonReader(service, shape.input.shape)(value) as Structure) : {}
  },

  write(output, { service, shape }, requestId) {
    const written = shape.output ? JSON.stringify(jsonWriter(service, shape.output.shape)(output)) : ''
    return { status: 200, headers: headers(service.jsonVersion, requestId), body: written }
  },

  refuse(refusal, service, requestId) {
    const body = JSON.stringify({ __type: refusal.code, ...jsonErrorMembers(refusal, service) })
    return { status: refusal.status, headers: headers(service?.jsonVersion, requestId), body }
  },
}

function headers(version: string | undefined, requestId: string) {
  return { 'content-type': `application/x-amz-json-${version ?? '1.1'}`, 'x-amzn-requestid': requestId }
}
