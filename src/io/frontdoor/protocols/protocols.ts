import type { ProtocolName } from '#kit/service-model.ts'
import type { Protocol, WireRequest } from '../exchange.ts'
import { cbor } from './cbor.ts'
import { ec2 } from './ec2.ts'
import { json } from './json.ts'
import { query } from './query.ts'
import { restJson } from './rest-json.ts'
import { restXml } from './rest-xml.ts'

export type ProtocolKey = ProtocolName | 'cbor'

export const protocols: Readonly<Record<ProtocolKey, Protocol>> = {
  query,
  ec2,
  json,
  cbor,
  'rest-json': restJson,
  'rest-xml': restXml,
}

/** What a client that calls a service unknown to Postern will understand. */
export function protocolKeyOf({ headers, query: parameters }: Pick<WireRequest, 'headers' | 'query'>): ProtocolKey {
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  return isForm || parameters.some(([name]) => name === 'Action') ? 'query' : 'rest-json'
}
