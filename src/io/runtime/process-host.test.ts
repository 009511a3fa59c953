import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { idsFrom } from '#kit/ids.ts'
import type { Clock, FunctionCode, Invocation, Outcome } from '#kit/ports.ts'
import { memoryBlobs, memoryLogs } from '#kit/testing/fake-ports.ts'
import { type ProcessHost, processHost } from './process-host.ts'

// Real processes and real time: each way a function can fail is tried once.

const clock: Clock = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}
const ids = idsFrom((count) => crypto.getRandomValues(new Uint8Array(count)))
const blobs = memoryBlobs()
const logs = memoryLogs(Date.now)
const scope = { account: '111122223333', region: 'eu-central-1' }

let project: string
let directory: string
let host: ProcessHost

beforeAll(async () => {
  // In a project of modules with a package of its own, as `.postern` is: neither is any of a function's business.
  project = await mkdtemp(join(tmpdir(), 'host-'))
  await writeFile(join(project, 'package.json'), '{"type":"module"}')
  await mkdir(join(project, 'node_modules/of-the-project'), { recursive: true })
  await writeFile(join(project, 'node_modules/of-the-project/index.js'), 'export default 1')
  directory = join(project, '.postern/functions')
  host = processHost({
    directory,
    blobs,
    logs,
    clock,
    ids,
    credentials: {
      forRole: (role, session) => ({
        accessKeyId: 'ASIATEST',
        secretAccessKey: `secret of ${role}`,
        sessionToken: `token of ${session}`,
      }),
    },
    addresses: { endpoint: 'http://127.0.0.1:4566' },
  })
})

afterAll(async () => {
  await host.stop()
  await rm(project, { recursive: true, force: true })
})

async function zip(files: Record<string, string>): Promise<Buffer> {
  const archive = new ZipFile()
  for (const [name, content] of Object.entries(files)) {
    archive.addBuffer(Buffer.from(content), name, { mode: name === 'bootstrap' ? 0o100755 : 0o100644 })
  }
  archive.end()
  const chunks: Buffer[] = []
  for await (const chunk of archive.outputStream as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

let functions = 0
async function code(files: Record<string, string> | string, more: Partial<FunctionCode> = {}): Promise<FunctionCode> {
  functions += 1
  const name = `function-${functions}`
  return {
    functionArn: `arn:aws:lambda:eu-central-1:111122223333:function:${name}:$LATEST`,
    revision: ids.uuid(),
    name,
    version: '$LATEST',
    scope,
    package: await blobs.put(await zip(typeof files === 'string' ? { 'index.js': files } : files)),
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    timeoutSeconds: 3,
    memoryMegabytes: 128,
    roleArn: 'arn:aws:iam::111122223333:role/r',
    environment: {},
    logGroup: `/aws/lambda/${name}`,
    concurrency: 100,
    ...more,
  }
}

const invocation = (event: unknown = {}, more: Partial<Invocation> = {}): Invocation => ({
  requestId: ids.uuid(),
  payload: Buffer.from(JSON.stringify(event)),
  invokedArn: 'arn:aws:lambda:eu-central-1:111122223333:function:alias',
  ...more,
})

function answerOf(outcome: Outcome): { kind: string; value: unknown } {
  if (outcome.kind === 'throttled') return { kind: 'throttled', value: undefined }
  return { kind: outcome.kind, value: JSON.parse(Buffer.from(outcome.payload).toString()) }
}

/** Runs a function that exists for this call only. */
async function once(files: Record<string, string> | string, more: Partial<FunctionCode> = {}, call = invocation()) {
  const made = await code(files, more)
  const outcome = await host.run(made, call)
  return { ...answerOf(outcome), code: made, call, outcome }
}

async function logOf({ logGroup }: FunctionCode, until: string): Promise<string[]> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const lines = logs.read(scope, logGroup).map(({ message }) => message)
    if (lines.some((line) => line.includes(until))) return lines
    await clock.sleep(10)
  }
  throw new Error(`the log never said \`${until}\``)
}

/** A process that has ended may stay in the table until somebody asks how. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

describe('a handler that answers', () => {
  it.each([
    ['async', 'exports.handler = async (event) => ({ got: event })', { got: { a: 1 } }],
    ['with a callback', 'exports.handler = (event, context, callback) => setTimeout(callback, 5, null, event)', { a: 1 }],
    ['with context.succeed', 'exports.handler = (event, context) => { context.succeed(event) }', { a: 1 }],
    ['not at all', 'exports.handler = () => {}', null],
    ['with undefined', 'exports.handler = async () => undefined', null],
    ['in a nested export', { 'index.js': 'exports.a = { b: async () => "nested" }' }, 'nested', 'index.a.b'],
    [
      'with a module of its own',
      { 'index.js': 'exports.handler = require("./other.js").answer', 'other.js': 'exports.answer = async () => "other"' },
      'other',
    ],
    ['in a folder', { 'src/app.js': 'exports.handler = async () => "folder"' }, 'folder', 'src/app.handler'],
    [
      'from an ES module with top-level await',
      { 'index.mjs': 'const value = await Promise.resolve("top"); export const handler = async () => value' },
      'top',
    ],
    [
      'from a package of modules',
      {
        'package.json': '{"type":"module"}',
        'index.js': 'export const handler = async () => import.meta.url.endsWith("index.js")',
      },
      true,
    ],
    [
      'as a stream',
      'exports.handler = awslambda.streamifyResponse(async (event, stream) => { stream.write("[1,"); stream.end("2]") })',
      [1, 2],
    ],
  ] as [string, Record<string, string> | string, unknown, string?][])(
    '%s',
    async (_name, files, expected, handler = 'index.handler') => {
      expect(await once(files, { handler }, invocation({ a: 1 }))).toMatchObject({ kind: 'result', value: expected })
    },
  )
})

describe('a handler that fails', () => {
  it.each([
    [
      'throws',
      'exports.handler = async () => { throw new RangeError("too far") }',
      { errorType: 'RangeError', errorMessage: 'too far' },
    ],
    ['throws text', 'exports.handler = async () => { throw "no" }', { errorType: 'string', errorMessage: 'no', trace: [] }],
    [
      'calls back with an error',
      'exports.handler = (e, c, done) => done(new Error("back"))',
      { errorType: 'Error', errorMessage: 'back' },
    ],
    [
      'answers something circular',
      'exports.handler = async () => { const a = {}; a.a = a; return a }',
      { errorType: 'Error', errorMessage: 'Unable to stringify response body' },
    ],
    ['answers a BigInt', 'exports.handler = async () => 1n', { errorMessage: 'Unable to stringify response body' }],
    [
      'answers too much',
      'exports.handler = async () => "a".repeat(7340032)',
      {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      },
    ],
    ['never settles', 'exports.handler = async () => new Promise(() => {})', { errorType: 'Runtime.NodeJsExit' }],
    [
      'leaves a rejection unhandled',
      'exports.handler = () => new Promise((ok) => { Promise.reject(new Error("lost")); setTimeout(ok, 100) })',
      { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' },
    ],
    [
      'throws in a timer',
      'exports.handler = async () => new Promise(() => setTimeout(() => { throw new Error("late") }, 5))',
      { errorType: 'Error', errorMessage: 'late' },
    ],
    ['cannot be loaded', { 'other.js': '' }, { errorType: 'Runtime.ImportModuleError' }],
    [
      'is not exported',
      'exports.other = 1',
      { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' },
    ],
    [
      'is no function',
      'exports.handler = 1',
      { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is not a function' },
    ],
    ['has broken syntax', 'exports.handler = (', { errorType: 'Runtime.UserCodeSyntaxError' }],
    ['throws while it loads', 'throw new TypeError("at load")', { errorType: 'TypeError', errorMessage: 'at load' }],
  ] as [string, Record<string, string> | string, object][])('%s', async (_name, files, expected) => {
    expect(await once(files)).toMatchObject({ kind: 'error', value: expected })
  })

  it('needs a package that only the project around Postern has', async () => {
    const { value } = await once('exports.handler = async () => require("of-the-project")')
    expect(value).toMatchObject({
      errorType: 'Error',
      errorMessage: expect.stringContaining("Cannot find module 'of-the-project'"),
    })
  })

  it('has a malformed name', async () => {
    const { value } = await once('', { handler: 'index' })
    expect(value).toMatchObject({ errorType: 'Runtime.MalformedHandlerName', errorMessage: 'Bad handler' })
  })
})

describe('a process that fails', () => {
  it.each([
    ['exits', 'exports.handler = () => process.exit(0)', 'Runtime exited without providing a reason'],
    ['exits with a status', 'exports.handler = () => process.exit(3)', 'Runtime exited with error: exit status 3'],
    [
      'kills itself',
      'exports.handler = () => { process.kill(process.pid, "SIGKILL"); for (;;); }',
      'Runtime exited with error: signal: killed',
    ],
    ['exits while it loads', 'process.exit(7)', 'Runtime exited with error: exit status 7'],
    [
      'needs more memory than it has',
      'exports.handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill(0).map(() => ({}))) }',
      'Runtime exited with error: signal: aborted',
    ],
  ])('%s', async (_name, source, text) => {
    const { value, kind, code: made, call } = await once(source, { timeoutSeconds: 30 })
    expect({ kind, value }).toEqual({
      kind: 'error',
      value: { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${call.requestId} Error: ${text}` },
    })
    expect(await logOf(made, 'Runtime.ExitError')).toContain(`RequestId: ${call.requestId} Error: ${text}\nRuntime.ExitError\n`)
  })

  it('is ended at its time limit, even when it never yields, and the next call gets a new one', async () => {
    const made = await code(
      'exports.handler = async (event) => { if (event.hang) { console.log("before"); for (;;); } return process.pid }',
      {
        timeoutSeconds: 2,
      },
    )
    const call = invocation({ hang: true })
    expect(answerOf(await host.run(made, call))).toEqual({
      kind: 'error',
      value: {
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${call.requestId} Error: Task timed out after 2.00 seconds`,
      },
    })
    const lines = await logOf(made, 'REPORT')
    expect(lines.some((line) => line.endsWith('INFO\tbefore\n'))).toBe(true)
    expect(lines.some((line) => line.endsWith(`${call.requestId} Task timed out after 2.00 seconds\n\n`))).toBe(true)
    expect(lines.find((line) => line.startsWith('REPORT'))).toMatch(
      /\tDuration: (?:[2-9]\d{3}|\d{5,})\.\d\d ms\t.*\tStatus: timeout\t\n$/,
    )
    expect(answerOf(await host.run(made, invocation()))).toMatchObject({ kind: 'result' })
  })
})

it('what a handler has started ends with it', async () => {
  const { value: pid } = await once(`exports.handler = async () => {
    const { pid } = require('node:child_process').spawn('/bin/sleep', ['100'])
    setImmediate(() => process.exit(0))
    console.log(pid)
    return new Promise(() => {})
  }`).then(async ({ code: made }) => ({ value: Number((await logOf(made, 'REPORT')).join('').match(/INFO\t(\d+)/)?.[1]) }))
  expect(pid).toBeGreaterThan(0)
  expect(isRunning(pid)).toBe(false)
})

describe('environments', () => {
  it('are reused, one invocation at a time, and multiplied when the function is slow', async () => {
    const made = await code(
      `const { readdirSync, writeFileSync } = require('node:fs')
let calls = 0
exports.handler = async ({ meet }) => {
  calls += 1
  if (meet) writeFileSync(meet.folder + '/' + process.pid, '')
  while (meet && readdirSync(meet.folder).length < meet.count) await new Promise((resolve) => setTimeout(resolve, 5))
  return [process.pid, calls]
}`,
      { timeoutSeconds: 50 },
    )
    const run = async (event: object = {}) => answerOf(await host.run(made, invocation(event))).value as [number, number]
    const [first] = await run()
    expect(await run()).toEqual([first, 2])
    // Each waits until four processes are there.
    const meet = { folder: await mkdtemp(join(directory, 'meet-')), count: 4 }
    const pids = new Set((await Promise.all([1, 2, 3, 4].map(() => run({ meet })))).map(([pid]) => pid))
    expect(pids.size).toBe(4)
  })

  it('are refused beyond the concurrency', async () => {
    const made = await code('exports.handler = () => new Promise((r) => setTimeout(r, 200))', { concurrency: 1 })
    const both = await Promise.all([host.run(made, invocation()), host.run(made, invocation())])
    expect(both.map(({ kind }) => kind)).toEqual(['result', 'throttled'])
  })

  it('are ended by `retire` after their answer', async () => {
    const made = await code('exports.handler = async () => process.pid')
    const before = answerOf(await host.run(made, invocation())).value
    host.retire(made.functionArn)
    expect(answerOf(await host.run(made, invocation())).value).not.toBe(before)
  })
})

describe('the inside of an environment', () => {
  it("has Lambda's variables, the function's own, and none of the host's", async () => {
    const { value, code: made } = await once(
      'exports.handler = async () => process.env',
      { environment: { TABLE: 'things' } },
      invocation({}, { traceId: 'Root=1' }),
    )
    const seen = value as Record<string, string>
    const {
      AWS_LAMBDA_LOG_STREAM_NAME: stream,
      AWS_LAMBDA_RUNTIME_API: api,
      LAMBDA_TASK_ROOT: root = '',
      HOME: home = '',
      ...rest
    } = seen
    expect(stream).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/)
    expect(api).toMatch(/^127\.0\.0\.1:\d+$/)
    expect(root.startsWith(directory)).toBe(true)
    expect(home.startsWith(directory)).toBe(true)
    expect(Object.keys(seen).sort()).toEqual(
      [
        ...'AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_REGION AWS_DEFAULT_REGION AWS_EXECUTION_ENV'.split(' '),
        ...'AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_FUNCTION_MEMORY_SIZE AWS_LAMBDA_INITIALIZATION_TYPE'.split(
          ' ',
        ),
        ...'AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_LAMBDA_RUNTIME_API AWS_XRAY_CONTEXT_MISSING'.split(' '),
        ...'AWS_XRAY_DAEMON_ADDRESS _AWS_XRAY_DAEMON_ADDRESS _AWS_XRAY_DAEMON_PORT _HANDLER _X_AMZN_TRACE_ID'.split(' '),
        ...'LAMBDA_RUNTIME_DIR LAMBDA_TASK_ROOT LANG LD_LIBRARY_PATH PATH PWD SHLVL TZ NODE_PATH'.split(' '),
        ...'HOME TMPDIR AWS_ENDPOINT_URL TABLE'.split(' '),
      ].sort(),
    )
    expect(rest).toMatchObject({
      AWS_ACCESS_KEY_ID: 'ASIATEST',
      AWS_SESSION_TOKEN: `token of ${made.name}`,
      AWS_REGION: 'eu-central-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      PWD: root,
      TABLE: 'things',
      _X_AMZN_TRACE_ID: 'Root=1',
    })
  })

  it('has the whole context object', async () => {
    const call = invocation({}, { clientContext: '{"custom":1}' })
    const source =
      'exports.handler = async (event, c) => ({ ...c, left: c.getRemainingTimeInMillis(), cwd: process.cwd() === process.env.PWD })'
    const { value, code: made } = await once(source, {}, call)
    expect(value).toMatchObject({
      awsRequestId: call.requestId,
      functionName: made.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: call.invokedArn,
      memoryLimitInMB: '128',
      logGroupName: made.logGroup,
      callbackWaitsForEmptyEventLoop: true,
      clientContext: { custom: 1 },
      cwd: true,
    })
    const { left } = value as { left: number }
    expect(left > 1000 && left <= 3000).toBe(true)
  })

  it('reads options of Node.js itself before it starts', async () => {
    const { value } = await once('exports.handler = async () => process.title', { environment: { NODE_OPTIONS: '--title=mine' } })
    expect(value).toBe('mine')
  })
})

describe('the log', () => {
  it('has the lines that Lambda writes, in order', async () => {
    const call = invocation({}, { tail: true })
    const source =
      'exports.handler = async () => { console.log("one\\ntwo", { a: 1 }); console.error("bad"); process.stdout.write("raw\\nhalf") }'
    const { code: made, outcome } = await once(source, {}, call)
    const lines = await logOf(made, 'REPORT')
    const id = call.requestId
    const iso = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`
    const expected = [
      /^INIT_START Runtime Version: nodejs:\d+\.\d+\.\d+.*\tRuntime Version ARN: arn:aws:lambda:eu-central-1::runtime:[0-9a-f]{64}\n$/,
      new RegExp(`^START RequestId: ${id} Version: \\$LATEST\n$`),
      new RegExp(`^${iso}\t${id}\tINFO\tone\ntwo { a: 1 }\n$`),
      new RegExp(`^${iso}\t${id}\tERROR\tbad\n$`),
      /^raw\n$/,
      /^half$/,
      new RegExp(`^END RequestId: ${id}\n$`),
      new RegExp(
        `^REPORT RequestId: ${id}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\tInit Duration: [\\d.]+ ms\t\n$`,
      ),
    ]
    expect(lines).toHaveLength(expected.length)
    for (const [place, line] of lines.entries()) expect(line).toMatch(expected[place] as RegExp)
    expect(outcome).toMatchObject({ logTail: lines.slice(1).join('') })
  })
})

describe('a custom runtime', () => {
  it('gets its invocations from the Runtime API over HTTP', async () => {
    const bootstrap = `#!${process.execPath}
const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/'
const main = async () => {
  for (;;) {
    const next = await fetch(api + 'invocation/next')
    const id = next.headers.get('lambda-runtime-aws-request-id')
    const wrong = await fetch(api + 'invocation/other/response', { method: 'POST', body: '1' })
    const body = JSON.stringify({ event: await next.json(), arn: next.headers.get('lambda-runtime-invoked-function-arn'), wrong: wrong.status })
    const sent = await fetch(api + 'invocation/' + id + '/response', { method: 'POST', body })
    console.log(sent.status, await sent.text())
  }
}
main()
`
    const made = await code({ bootstrap }, { runtime: 'provided.al2023', handler: 'any' })
    const call = invocation({ a: 1 })
    expect(answerOf(await host.run(made, call))).toEqual({
      kind: 'result',
      value: { event: { a: 1 }, arn: call.invokedArn, wrong: 400 },
    })
    expect(answerOf(await host.run(made, invocation({ a: 2 })))).toMatchObject({ value: { event: { a: 2 } } })
    expect(await logOf(made, '202 {')).toContain('202 {"status":"OK"}\n')
  })
})

describe('a host that stops', () => {
  it('leaves no process behind', async () => {
    const own = processHost({
      directory: join(directory, 'own'),
      blobs,
      logs,
      clock,
      ids,
      credentials: { forRole: () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' }) },
      addresses: { endpoint: 'http://127.0.0.1:4566' },
    })
    const made = await code('exports.handler = async () => process.pid')
    own.prepare(made)
    const { value: pid } = answerOf(await own.run(made, invocation()))
    await own.stop()
    expect(() => process.kill(pid as number, 0)).toThrow('ESRCH')
    await expect(own.run(made, invocation())).rejects.toThrow('stopped')
    createServer().close()
  })
})
