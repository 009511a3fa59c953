// L1: a bare node:http server that builds the proxy event and calls the handler in process. Prints its port.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { proxyEvent, send } from './proxy-event.mjs'

const handler = createRequire(import.meta.url)(process.argv[2]).getEntities

const server = createServer(async (request, response) => {
  // As far as a handler can tell: what it gets and what it gives went through JSON.
  send(response, JSON.parse(JSON.stringify(await handler(JSON.parse(JSON.stringify(proxyEvent(request)))))))
}).listen(0, '127.0.0.1', () => console.log(server.address().port))
