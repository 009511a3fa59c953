import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Outcome } from '../judge.ts'
import { jsonIn } from '../path.ts'
import type { Session } from '../session.ts'

/** A server on loopback that answers with what it was asked, until the case is over. */
export async function echoServerStep({ trimHeaders }: { trimHeaders: boolean }, { later }: Session): Promise<Outcome> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://echo')
    const headers = Object.entries(request.headers).filter(([name]) => !trimHeaders || !name.startsWith('x-'))
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        args: Object.fromEntries(url.searchParams),
        data: jsonIn(await text(request)),
        domain: request.headers.host,
        headers: Object.fromEntries(headers),
        method: request.method,
        origin: request.socket.remoteAddress,
        path: url.pathname,
      }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  later(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { result: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` } }
}
