// The outside of a namespace: listens on the addresses and ports that are to answer, and forwards each connection and each datagram
// over a Unix socket to Postern, with its true source and destination in a PROXY protocol header (version 2).
// Standard input brings changes, a line of JSON each; it is also the thread that this process hangs by: when it ends, whatever still
// runs in the namespace is ended.
import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { endProcesses } from './end-processes.mjs'

const folder = process.argv[2]
const path = `${folder}/relay.sock`
/** The descriptor that `open.sh` holds of the namespace inside. */
const INSIDE = '/proc/self/fd/7'
const inside = readlinkSync(INSIDE)

const TCP_OVER_IPV4 = 0x11
const UDP_OVER_IPV4 = 0x12
const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex')
/** More datagrams than this on their way to Postern are too many: a resolver drops some then. */
const MOST_DATAGRAMS = 1_000
const LARGEST_DATAGRAM = 65_507

const listening = new Map()
let datagrams = 0

refuseDatagramsAtAnyRate()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
const input = createInterface({ input: process.stdin })
let changes = Promise.resolve()
input.on('line', (line) => {
  changes = changes
    .then(() => change(JSON.parse(line)))
    .then(
      () => say({ done: true }),
      (error) => say({ failed: error.message }),
    )
})
input.on('close', end)
// Who reads this may have ended first.
process.stdout.on('error', () => {})
say({ ready: inside })

/** Else the system refuses a few in a row and goes silent for a second: the first answer would depend on who asked before. */
function refuseDatagramsAtAnyRate() {
  try {
    writeFileSync('/proc/sys/net/ipv4/icmp_ratelimit', '0')
  } catch (error) {
    // Some containers may not change settings, those of their own namespaces included.
    if (error.code !== 'EROFS' && error.code !== 'EACCES') throw error
  }
}

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

function end() {
  endProcesses(inside)
  rmSync(folder, { recursive: true, force: true })
  process.exit(0)
}

async function change({ inside, outside, listen, unlisten }) {
  await configure('ip', ['-batch', '-'], outside)
  await Promise.all([
    configure('nsenter', [`--net=${INSIDE}`, 'ip', '-batch', '-'], inside),
    ...unlisten.map(stopListening),
    ...listen.map(startListening),
  ])
}

function configure(command, args, lines) {
  if (lines.length === 0) return undefined
  return new Promise((resolve, reject) => {
    // Descriptors beyond the first three are not passed on unless they are named.
    const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe', 'ignore', 'ignore', 'ignore', 'ignore', 7] })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text
    })
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}: ${said.trim()}`))))
    // It says itself why it stopped reading.
    child.stdin.on('error', () => {})
    child.stdin.end(`${lines.join('\n')}\n`)
  })
}

const keyOf = ({ address, port, protocol }) => `${protocol} ${address} ${port}`
const textOf = (address) => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.')

function startListening(opening) {
  return new Promise((resolve, reject) => {
    const socket = opening.protocol === 'udp' ? datagramsAt(opening) : connectionsAt(opening)
    listening.set(keyOf(opening), socket)
    socket.once('error', reject)
    socket.once('listening', resolve)
  })
}

function stopListening(opening) {
  const key = keyOf(opening)
  const socket = listening.get(key)
  listening.delete(key)
  // Connections that are open stay open.
  socket.close()
}

function connectionsAt({ address, port }) {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => forward(client, address, port))
  return server.listen({ host: textOf(address), port, backlog: 4096 })
}

function forward(client, address, port) {
  const { remoteAddress, remotePort } = client
  // It went before it was seen.
  if (remoteAddress === undefined) return client.destroy()
  const upstream = connect({ path, allowHalfOpen: true })
  upstream.write(header(TCP_OVER_IPV4, remoteAddress, remotePort, textOf(address), port))
  // Errors are told by `close`: what breaks on one side breaks on the other, and an end is passed on as an end.
  client.on('error', () => {})
  upstream.on('error', () => {})
  client.on('close', (broken) => broken && upstream.destroy())
  upstream.on('close', (broken) => broken && client.resetAndDestroy())
  client.pipe(upstream)
  upstream.pipe(client)
}

function datagramsAt({ address, port }) {
  const socket = createSocket('udp4')
  socket.on('message', (datagram, from) => {
    if (datagrams >= MOST_DATAGRAMS) return
    datagrams += 1
    ask(header(UDP_OVER_IPV4, from.address, from.port, textOf(address), port), datagram, (answer) => {
      datagrams -= 1
      // Whoever asked may be gone, and so may this socket.
      if (answer.length > 0 && listening.get(keyOf({ address, port, protocol: 'udp' })) === socket) {
        socket.send(answer, from.port, from.address, () => {})
      }
    })
  })
  socket.bind(port, textOf(address))
  return socket
}

/** One connection for each datagram: what comes back until its end is the answer. */
function ask(head, datagram, answered) {
  const upstream = connect({ path, allowHalfOpen: true })
  const chunks = []
  let size = 0
  upstream.on('data', (chunk) => {
    size += chunk.length
    if (size > LARGEST_DATAGRAM) upstream.destroy()
    else chunks.push(chunk)
  })
  let whole = false
  upstream.on('end', () => {
    whole = true
  })
  upstream.on('error', () => {})
  upstream.on('close', () => answered(whole ? Buffer.concat(chunks) : Buffer.alloc(0)))
  upstream.end(Buffer.concat([head, datagram]))
}

/** https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt, 2.2 */
function header(family, source, sourcePort, destination, destinationPort) {
  const bytes = Buffer.alloc(28)
  SIGNATURE.copy(bytes)
  bytes[12] = 0x21
  bytes[13] = family
  bytes.writeUInt16BE(12, 14)
  bytes.set(source.split('.').map(Number), 16)
  bytes.set(destination.split('.').map(Number), 20)
  bytes.writeUInt16BE(sourcePort, 24)
  bytes.writeUInt16BE(destinationPort, 26)
  return bytes
}
