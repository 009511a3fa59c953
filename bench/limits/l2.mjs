// L2: the same with the handler in child processes over a Unix socket, 4-byte length and JSON frames, one request in flight per child,
// children as many as cores and started beforehand. Prints its port.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSocket } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { frame, frames } from './frames.mjs'
import { proxyEvent, send } from './proxy-event.mjs'

const folder = mkdtempSync(join(tmpdir(), 'postern-l2-'))
const idle = []
const waiting = []

const take = () => (idle.length > 0 ? Promise.resolve(idle.pop()) : new Promise((resolve) => waiting.push(resolve)))
const give = (child) => (waiting.length > 0 ? waiting.shift()(child) : idle.push(child))

const sockets = createSocket((socket) => {
  const child = {
    answer: undefined,
    ask(event) {
      socket.write(frame(event))
      return new Promise((resolve) => {
        child.answer = resolve
      })
    },
  }
  frames(socket, (result) => child.answer(result))
  give(child)
  if (idle.length === availableParallelism()) server.listen(0, '127.0.0.1', () => console.log(server.address().port))
}).listen(join(folder, 'socket'), () => {
  for (let index = 0; index < availableParallelism(); index += 1) {
    const child = spawn(
      process.execPath,
      [new URL('l2-child.mjs', import.meta.url).pathname, join(folder, 'socket'), process.argv[2]],
      { stdio: 'inherit' },
    )
    process.on('exit', () => child.kill('SIGKILL'))
  }
})

const server = createServer(async (request, response) => {
  const child = await take()
  const result = await child.ask(proxyEvent(request))
  give(child)
  send(response, result)
})

process.on('SIGTERM', () => {
  sockets.close()
  rmSync(folder, { recursive: true, force: true })
  process.exit()
})
