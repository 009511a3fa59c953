import { request } from 'node:http'
import type { Answer, Call, Structure } from '#io/frontdoor/exchange.ts'
import { jsonReader } from '#io/frontdoor/protocols/json-codec.ts'
import { parseXml, type XmlElement } from '#io/frontdoor/protocols/xml-read.ts'
import { services } from '#services/models/services.ts'
import { readAnswer, writeRequest } from '../../frontdoor/own-client.ts'
import type { Failure, Outcome } from './judge.ts'

/** Calls `service.Operation` over HTTP, without checking the input as an SDK would. */
export type ApiCall = (operation: string, input: Structure) => Promise<Outcome>

/** An AWS client of an account that nobody else uses. */
export function apiClient(endpoint: string, account: string, region: string): ApiCall {
  return async (operation, input) => {
    const [service = '', name = ''] = operation.split('.')
    const entry = services.find((one) => one.service === service)
    const model = (await entry?.load())?.table
    const shape = model?.operations[name]
    if (!entry || !model || !shape?.wanted) return { error: { code: 'NotImplemented', message: `no model of ${operation}` } }
    const call: Call = { service: model, name, shape, labels: {} }
    const wire = writeRequest(input, call, entry.protocol)
    const query = new URLSearchParams(wire.query.map(([key, value]): [string, string] => [key, value]))
    const answer = await exchange(new URL(wire.path + (wire.query.length > 0 ? `?${query}` : ''), endpoint), {
      method: wire.method,
      headers: {
        ...(entry.protocol === 'rest-json' && wire.body.length > 0 && { 'content-type': 'application/json' }),
        ...wire.headers,
        authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/${entry.signingName}/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: wire.body,
    })
    if (answer.status >= 300) return { status: answer.status, error: failureOf(answer, call, entry.protocol) }
    return { status: answer.status, result: readAnswer(answer, call, entry.protocol) }
  }
}

export interface Sent {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string
}

export function exchange(url: URL, { method, headers, body }: Sent): Promise<Answer & { readonly body: Buffer }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } })
    sent.on('error', reject)
    sent.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const read = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(read), body: Buffer.concat(chunks) })
      })
    })
    sent.end(body)
  })
}

function failureOf({ status, headers, body }: Answer & { body: Buffer }, { service }: Call, protocol: string): Failure {
  const text = body.toString()
  if (protocol === 'rest-json' || protocol === 'json') {
    const read = JSON.parse(text || '{}') as Record<string, unknown>
    const said = headers['x-amzn-errortype'] ?? read['__type'] ?? read['code']
    const code = String(said).split(':')[0]?.split('#').at(-1) ?? ''
    const { message, Message = message, __type: _type, code: _code, ...rest } = read
    const shape = service.shapes[code]
    const fields = shape ? (jsonReader(service, code)(read) as Record<string, unknown>) : rest
    return { status, code, message: String(Message ?? ''), fields: { ...rest, ...fields } }
  }
  const error = find(parseXml(text), 'Error')
  const fields = Object.fromEntries((error?.children ?? []).map((child) => [child.name, child.text]))
  const { Code = '', Message = '', ...rest } = fields
  return { status, code: Code, message: Message, fields: rest }
}

function find(element: XmlElement, name: string): XmlElement | undefined {
  if (element.name === name) return element
  for (const child of element.children) {
    const found = find(child, name)
    if (found) return found
  }
  return undefined
}
