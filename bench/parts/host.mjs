// The function host alone: cold and warm invocations, without a gateway in front. `node bench/parts/host.mjs`, after a build.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

const dist = new URL('../../dist/', import.meta.url)
const { processHost } = await import(new URL('io/runtime/process-host.js', dist))
const { ZipFile } = (await import('yazl')).default
const { packInlineSource } = await import(new URL('services/lambda/packages.js', dist))

const directory = mkdtempSync(join(tmpdir(), 'host-'))
/** The same handler behind the Runtime API over HTTP, on one kept-open connection: what our frames are measured against. */
const overHttp = `#!${process.execPath}
const http = require('node:http')
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':')
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
const call = (method, path, body) => new Promise((resolve, reject) => {
  const request = http.request({ host, port, method, path: '/2018-06-01/runtime/invocation/' + path, agent, headers: body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) } }, (response) => {
    const chunks = []
    response.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve({ headers: response.headers, text: Buffer.concat(chunks).toString() }))
  })
  request.on('error', reject).end(body)
})
const main = async () => {
  for (;;) {
    const { headers, text } = await call('GET', 'next')
    const event = JSON.parse(text)
    await call('POST', headers['lambda-runtime-aws-request-id'] + '/response', JSON.stringify({ statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ path: event.path, entities: ['a', 'b', 'c'] }) }))
  }
}
main()
`
const zipOverHttp = await packBootstrap(overHttp)
const zip = await packInlineSource(
  'exports.handler = async (event) => ({ statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify({ path: event.path, entities: ["a", "b", "c"] }) })',
)
const ids = { uuid: () => crypto.randomUUID(), hex: (length) => crypto.randomUUID().replaceAll('-', '').slice(0, length) }
let logged = 0
const makeHost = (poolSize) =>
  processHost({
    directory,
    blobs: { get: async (digest) => (digest === 'http' ? zipOverHttp : zip) },
    logs: {
      append(_scope, _group, _stream, events) {
        logged += events.length
      },
    },
    clock: {
      now: Date.now,
      after(ms, run) {
        const timer = setTimeout(run, ms).unref()
        return () => clearTimeout(timer)
      },
    },
    ids,
    credentials: { forRole: () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' }) },
    addresses: { endpoint: 'http://127.0.0.1:4566' },
    poolSize,
  })

async function packBootstrap(source) {
  const archive = new ZipFile()
  archive.addBuffer(Buffer.from(source), 'bootstrap', { mode: 0o100755 })
  archive.end()
  const chunks = []
  for await (const chunk of archive.outputStream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

let functions = 0
const code = (more = {}) => {
  functions += 1
  const name = `f${functions}`
  return {
    functionArn: `arn:aws:lambda:eu-central-1:111122223333:function:${name}:$LATEST`,
    revision: crypto.randomUUID(),
    name,
    version: '$LATEST',
    scope: { account: '111122223333', region: 'eu-central-1' },
    package: 'digest',
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    timeoutSeconds: 3,
    memoryMegabytes: 128,
    roleArn: 'arn:aws:iam::111122223333:role/r',
    environment: {},
    logGroup: `/aws/lambda/${name}`,
    concurrency: 1000,
    ...more,
  }
}
/** About what API Gateway sends. */
const payload = Buffer.from(
  JSON.stringify({
    path: '/entities',
    headers: Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`header-${n}`, 'x'.repeat(40)])),
    requestContext: { identity: { sourceIp: '10.0.0.1' }, requestId: crypto.randomUUID(), domainName: 'abc.execute-api' },
  }),
)
const invoke = (host, of) => host.run(of, { requestId: ids.uuid(), payload, invokedArn: of.functionArn })
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const quantile = (times, q) => times.toSorted((a, b) => a - b)[Math.floor(times.length * q)]
const show = (name, times) =>
  console.log(`${name}: p50 ${quantile(times, 0.5).toFixed(3)} ms, p99 ${quantile(times, 0.99).toFixed(3)} ms (${times.length})`)

async function cold(poolSize) {
  const host = makeHost(poolSize)
  const times = []
  for (let round = 0; round < 15; round += 1) {
    const made = code()
    host.prepare(made)
    await pause(350)
    const before = performance.now()
    await invoke(host, made)
    times.push(performance.now() - before)
    host.retire(made.functionArn)
  }
  await host.stop()
  return times
}

async function warm(host, made, connections, ms) {
  const times = []
  const end = performance.now() + ms
  const client = async () => {
    while (performance.now() < end) {
      const before = performance.now()
      await invoke(host, made)
      times.push(performance.now() - before)
    }
  }
  await Promise.all(Array.from({ length: connections }, client))
  return times
}

show('cold, a spare process ready', await cold(1))
show('cold, without', await cold(0))
const host = makeHost(1)
for (const [name, made] of [
  ['frames', code()],
  ['Runtime API over HTTP', code({ runtime: 'provided.al2023', package: 'http' })],
]) {
  await warm(host, made, 1, 1500)
  show(`warm, ${name}, one at a time`, await warm(host, made, 1, 3000))
  await warm(host, made, 32, 1000)
  const many = await warm(host, made, 32, 4000)
  show(`warm, ${name}, 32 at a time`, many)
  console.log(`warm, ${name}, 32 at a time: ${Math.round(many.length / 4)} invocations/s`)
}
console.log(`${logged} log events in all`)
await host.stop()
rmSync(directory, { recursive: true, force: true })
