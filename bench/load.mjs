// A load generator of its own process: keep-alive connections, one request in flight on each, latencies of all of them.
// node load.mjs PORT CONNECTIONS SECONDS PATH [Header: value …] → one line of JSON
import { connect } from 'node:net'

const [, , port, connections, seconds, path, ...headers] = process.argv
const request = Buffer.from(`GET ${path} HTTP/1.1\r\n${['User-Agent: load', 'Accept: */*', ...headers].join('\r\n')}\r\n\r\n`)
const latencies = []
let wrong = 0
let stop = false

/** Answers of one server differ in length by little or nothing, so its head is read again only when the length is another one. */
let usual = Number.POSITIVE_INFINITY
function answerLength(held) {
  if (held.length === usual) return usual
  const head = held.indexOf('\r\n\r\n')
  if (head < 0) return Number.POSITIVE_INFINITY
  usual = head + 4 + Number(/content-length: *(\d+)/i.exec(held.toString('latin1', 0, head + 2))?.[1] ?? 0)
  return usual
}

const worker = () =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.setNoDelay(true)
    let held = Buffer.alloc(0)
    let began
    const ask = () => {
      began = process.hrtime.bigint()
      socket.write(request)
    }
    socket.on('connect', ask)
    socket.on('error', reject)
    socket.on('close', () => resolve())
    socket.on('data', (chunk) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      if (held.length < answerLength(held)) return
      latencies.push(Number(process.hrtime.bigint() - began) / 1e6)
      if (held.toString('latin1', 9, 12) !== '200') wrong += 1
      held = Buffer.alloc(0)
      if (stop) socket.end()
      else ask()
    })
  })

const started = process.hrtime.bigint()
setTimeout(() => {
  stop = true
}, Number(seconds) * 1000)
await Promise.all(Array.from({ length: Number(connections) }, worker))
const elapsed = Number(process.hrtime.bigint() - started) / 1e9
latencies.sort((a, b) => a - b)
const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]
console.log(
  JSON.stringify({ requests: latencies.length, wrong, perSecond: latencies.length / elapsed, p50: at(0.5), p99: at(0.99) }),
)
