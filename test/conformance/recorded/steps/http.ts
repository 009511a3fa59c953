import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gunzipSync, inflateSync } from 'node:zlib'
import type { Outcome } from '../judge.ts'
import { jsonIn } from '../path.ts'
import type { Session } from '../session.ts'

interface Sent {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** What python-requests, which made the recordings, sends where a step says nothing else. */
const BY_DEFAULT: Readonly<Record<string, string>> = {
  'User-Agent': 'python-requests/2.32.3',
  'Accept-Encoding': 'gzip, deflate',
  Accept: '*/*',
  Connection: 'keep-alive',
}

const DECODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = { gzip: gunzipSync, deflate: inflateSync }

/** A request as it is written, to where Postern answers for the host of the URL. */
export function httpStep({ method, url, headers = {}, body }: Sent, session: Session): Promise<Outcome> {
  const [, scheme, host = '', target = ''] = /^(https?):\/\/([^/?]+)(.*)$/s.exec(url) ?? []
  const isLocal = scheme === 'http' && host.startsWith('127.0.0.1')
  const { hostname, port } = isLocal ? new URL(url) : new URL(entranceOf(host, session))
  const set = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  const sent = Object.entries(BY_DEFAULT).filter(([name]) => !set.has(name.toLowerCase()))
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
  return new Promise((resolve, reject) => {
    const message = request({
      host: hostname,
      port,
      method,
      path: target.startsWith('/') ? target : `/${target}`,
      agent: false,
      headers: { Host: host, ...Object.fromEntries(sent), ...length, ...headers },
    })
    message.on('error', reject)
    message.on('response', async (response) => {
      const read = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]))
      const raw = await buffer(response)
      const decode = DECODERS[read['content-encoding'] ?? '']
      const text = (decode ? decode(raw) : raw).toString()
      const status = response.statusCode ?? 0
      resolve({ status, result: { status, headers: read, text, json: jsonIn(text) } })
    })
    message.end(body)
  })
}

/** The port of the endpoint that a private host name means; the main port for every other. */
function entranceOf(host: string, { endpoint, list }: Session): string {
  const vpce = /vpce-[0-9a-f]+/.exec(host)?.[0]
  return list().endpoints.find(({ id }) => id === vpce)?.url ?? endpoint
}
