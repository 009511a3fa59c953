import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AnyOperation } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { createFrontdoor, type FrontdoorOptions } from '../frontdoor.ts'

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
}

export interface OpenFrontdoor {
  readonly endpoint: string
  readonly faults: { message: string; requestId: string; error: unknown }[]
  /** One request, exactly as given: no client adds or normalizes anything but `Host` and `Content-Length`. */
  call(given: { method?: string; path?: string; headers?: Record<string, string>; body?: string | Uint8Array }): Promise<Answered>
  close(): Promise<void>
}

/** A front door on a free port, over these operations: `{ 'sts.GetCallerIdentity': run }`. */
export async function openFrontdoor(
  operations: Readonly<Record<string, AnyOperation['run']>>,
  options: Partial<Omit<FrontdoorOptions, 'operations' | 'ports' | 'log'>> & { ports?: Partial<Ports> } = {},
): Promise<OpenFrontdoor> {
  const faults: OpenFrontdoor['faults'] = []
  const { ports, ...rest } = options
  const frontdoor = createFrontdoor({
    ...rest,
    operations: Object.fromEntries(Object.entries(operations).map(([name, run]) => [name, loader(name, run)])),
    ports: fakePorts({ credentials: { find: () => undefined, forRole: noRoles }, ...ports }),
    log: (message, fault) => faults.push({ message, ...fault }),
  })
  const server = createServer(frontdoor)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    faults,
    call: (given) => call(port, given),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function loader(name: string, run: AnyOperation['run']) {
  const [service = '', operation = ''] = name.split('.')
  return async () => ({ default: { model: { service, name: operation }, run } as AnyOperation })
}

function noRoles(): never {
  throw new Error('the test has no roles')
}

function call(
  port: number,
  { method = 'POST', path = '/', headers = {}, body }: Parameters<OpenFrontdoor['call']>[0],
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: '127.0.0.1', method, path, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Answered['headers'],
          text: Buffer.concat(parts).toString('utf8'),
        })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** A header that names caller, region and service. Its signature is of the right form and never right. */
export function scope(service: string, { accessKeyId = '111122223333', region = 'eu-central-1' } = {}): Record<string, string> {
  const credential = `${accessKeyId}/20260101/${region}/${service}/aws4_request`
  return { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${'0'.repeat(64)}` }
}
