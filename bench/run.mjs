// The figures that a user feels, each beside the limits L1 and L2 measured in the same run: `npm run bench`.
// Ratios, not milliseconds: machines differ, and a shared one differs from itself. Rounds alternate so that noise hits all alike.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { get as httpGet } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'postern-bench-'))
// This package is of ES modules; the handler, once deployed, stands alone and is not.
const HANDLER = join(folder, 'index.cjs')
copyFileSync(here('../examples/entities/src/index.js'), HANDLER)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4)
const require = createRequire(import.meta.url)
const { version } = require('../package.json')

const median = (values) => values.slice().sort((a, b) => a - b)[Math.floor(values.length / 2)]
const children = new Set()
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true })
  for (const child of children) child.kill('SIGKILL')
})

/** Starts a program and answers its first line. */
async function start(...args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.add(child)
  const began = performance.now()
  const [chunk] = await once(child.stdout, 'data')
  return { child, line: chunk.toString().trim(), ms: performance.now() - began }
}

async function stop(child) {
  child.kill('SIGTERM')
  await once(child, 'exit')
  children.delete(child)
}

function load(port, connections, path, ...headers) {
  const { stdout, status } = spawnSync(
    process.execPath,
    [here('load.mjs'), String(port), String(connections), String(SECONDS), path, ...headers],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`the load generator failed against port ${port}`)
  const result = JSON.parse(stdout)
  if (result.wrong > 0) throw new Error(`${result.wrong} of ${result.requests} answers were not 200`)
  return result
}

/** One GET under a Host of the caller's choice, read to its end; answers the status. */
const get = (base, path, host) =>
  new Promise((resolve, reject) => {
    httpGet(new URL(path, base), { headers: { host } }, (response) =>
      response.resume().on('end', () => resolve(response.statusCode)),
    ).on('error', reject)
  })

/** Resident memory of a process and everything below it, in MiB. Linux only. */
function residentMiB(pid) {
  const parents = new Map()
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error
    }
  }
  const tree = new Set([pid])
  for (let grew = true; grew; ) {
    grew = false
    for (const [child, parent] of parents) if (tree.has(parent) && !tree.has(child)) grew = Boolean(tree.add(child))
  }
  return [...tree].reduce(
    (sum, one) => sum + Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${one}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    0,
  )
}

const postern = () => start(here('../bin/postern.mjs'), 'up', '--port', '0', '--ephemeral')

// 1. Start.
const starts = []
let idleMiB = 0
for (let round = 0; round < 5; round += 1) {
  const { child, ms } = await postern()
  starts.push(ms)
  idleMiB = residentMiB(child.pid)
  await stop(child)
}

// 2. Deploy, from the request to CREATE_COMPLETE, as a client sees it.
const { child, line } = await postern()
const { endpoint } = JSON.parse(line.replace(/^postern ready /, ''))
// A person needs longer than this to type the first command; meanwhile Postern reads what a deployment needs.
await new Promise((resolve) => setTimeout(resolve, 1000))
const api = async (path, body) => {
  const response = await fetch(
    `${endpoint}/_postern/api/${path}`,
    body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
  )
  const answer = await response.json()
  if (!response.ok) throw new Error(JSON.stringify(answer))
  return answer
}
const cloudformation = (operation, input) => api(`call/cloudformation/${operation}`, input)
async function deploy(stack, template) {
  const began = performance.now()
  const { Id, StackId } = await cloudformation('CreateChangeSet', {
    StackName: stack,
    ChangeSetName: 'bench',
    ChangeSetType: 'CREATE',
    TemplateBody: template,
    Capabilities: ['CAPABILITY_IAM'],
  })
  await cloudformation('ExecuteChangeSet', { ChangeSetName: Id })
  for (;;) {
    const { Stacks } = await cloudformation('DescribeStacks', { StackName: StackId })
    const { StackStatus, StackStatusReason } = Stacks[0]
    if (StackStatus === 'CREATE_COMPLETE') return performance.now() - began
    if (!StackStatus.endsWith('IN_PROGRESS')) throw new Error(`${stack} is ${StackStatus}: ${StackStatusReason}`)
  }
}
// The client's own first request would be counted as the engine's time.
await api('about')
const example = (name) => readFileSync(here(`../examples/entities/${name}`), 'utf8')
const { zipOf } = await import('../dist/cli/package-code.js')
const coldTemplate = (count) =>
  JSON.stringify({
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `F${index}`,
        {
          Type: 'AWS::Serverless::Function',
          Properties: {
            Runtime: 'nodejs22.x',
            Handler: 'index.handler',
            InlineCode: 'exports.handler = async () => ({ statusCode: 200 })',
            Events: { Get: { Type: 'Api', Properties: { Path: `/f${index}`, Method: 'get' } } },
          },
        },
      ]),
    ),
  })
const upload = await fetch(`${endpoint}/_postern/api/packages`, {
  method: 'PUT',
  body: await zipOf(here('../examples/entities/src')),
})
const { bucket, key } = await upload.json()
const service = example('service.yaml').replace('CodeUri: src/', `CodeUri: s3://${bucket}/${key}`)
const deploys = []
for (const [stack, template] of [
  ['entities-network', example('network.yaml')],
  ['entities-infrastructure', example('infrastructure.yaml')],
  ['entities', service],
]) {
  deploys.push(await deploy(stack, template))
}
const { apis, endpoints } = await api('list')
const port = Number(new URL(endpoints[0].url).port)
const headers = ['Host: 127.0.0.1', `x-apigw-api-id: ${apis[0].id}`]
const path = '/development/entities'

// 3. Cold: the first request to functions that nobody has called, each after a pause in which a spare process can get ready.
const FUNCTIONS = 9
const cold = []
await deploy('cold', coldTemplate(FUNCTIONS))
const { apis: withCold } = await api('list')
const coldApi = withCold.find(({ name }) => name === 'cold')
for (let index = 0; index < FUNCTIONS; index += 1) {
  await new Promise((resolve) => setTimeout(resolve, 400))
  const began = performance.now()
  const status = await get(endpoint, `/Prod/f${index}`, `${coldApi.id}.execute-api.us-east-1.amazonaws.com`)
  cold.push(performance.now() - began)
  if (status !== 200) throw new Error(`a first request answered ${status}`)
}

await cloudformation('DeleteStack', { StackName: 'cold' })

// 4. Warm, beside the limits.
const l1 = await start(here('limits/l1.mjs'), HANDLER)
const l2 = await start(here('limits/l2.mjs'), HANDLER)
const contenders = {
  L1: { port: l1.line, path, headers: ['Host: 127.0.0.1'] },
  L2: { port: l2.line, path, headers: ['Host: 127.0.0.1'] },
  Postern: { port, path, headers },
}
const results = Object.fromEntries(Object.keys(contenders).map((name) => [name, { one: [], many: [] }]))
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, contender] of Object.entries(contenders)) {
    results[name].one.push(load(contender.port, 1, contender.path, ...contender.headers))
    results[name].many.push(load(contender.port, 32, contender.path, ...contender.headers))
  }
}
const loadedMiB = residentMiB(child.pid)
await Promise.all([child, l1.child, l2.child].map(stop))

// 5. The SAM transform alone, when everything else has ended.
const { samFigures, samRows } = await import('./sam.mjs')
const sam = samFigures(Math.max(ROUNDS, 5))

const of = (name, kind, figure) => median(results[name][kind].map((result) => result[figure]))
const rows = [
  ['figure', 'Postern', 'L1', 'L2', 'budget'],
  ['start to ready, ms', median(starts).toFixed(0), '', '', '<= 250'],
  ['resident after start, MiB', idleMiB.toFixed(0), '', '', '<= 90'],
  ['deploy of the three stacks, ms', deploys.reduce((sum, ms) => sum + ms, 0).toFixed(1), '', '', '<= 60'],
  ['cold request, p50, ms', median(cold).toFixed(1), '', '', '<= 12'],
  [
    'warm request, p50 at 1 connection, ms',
    ...['Postern', 'L1', 'L2'].map((name) => of(name, 'one', 'p50').toFixed(3)),
    `<= ${(of('L2', 'one', 'p50') + 0.12).toFixed(3)} (L2 + 0.12)`,
  ],
  [
    'requests/s at 32 connections',
    ...['Postern', 'L1', 'L2'].map((name) => of(name, 'many', 'perSecond').toFixed(0)),
    `>= ${(of('L2', 'many', 'perSecond') * 0.8).toFixed(0)} (0.8 x L2)`,
  ],
  ['p99 at 32 connections, ms', ...['Postern', 'L1', 'L2'].map((name) => of(name, 'many', 'p99').toFixed(1)), '<= 10'],
  ['resident after load, all processes, MiB', loadedMiB.toFixed(0), '', '', '<= 260'],
  ...samRows(sam),
]
const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
console.log(`Postern ${version}, Node.js ${process.versions.node}; medians of ${ROUNDS} rounds of ${SECONDS} s`)
for (const row of rows)
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  )
