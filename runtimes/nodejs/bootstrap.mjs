// Postern's runtime for `nodejs*` functions: one process, one function, one invocation at a time.
// It may be started before anybody knows which function it will run; `START` says so.
import Module from 'node:module'
import { ERROR, holdOpen, INIT_ERROR, INVOKE, listen, READY, RESULT, START, send } from './channel.mjs'
import { logFor, patchConsole } from './console.mjs'
import { errorAnswer, errorLine, runtimeError } from './errors.mjs'
import { loadHandler } from './load.mjs'
import { collectStream, isStreaming, provideStreaming } from './streaming.mjs'

const NEVER_SETTLED =
  'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes'

/** Lambda's limit for an answer, in bytes. */
const LARGEST_ANSWER = 6_291_556

const TOO_LARGE = JSON.stringify({
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${LARGEST_ANSWER} bytes).`,
})

let handler
/** What the context object says of the function: the same for every invocation. */
let facts
/** The invocation that runs, if one does. */
let current
/** What to do once the event loop is empty. */
let whenIdle

listen((kind, header, body) => {
  if (kind === START) void start(header)
  else if (kind === INVOKE) invoke(header, body)
})

process.on('uncaughtException', (error) => die('Uncaught Exception', error, 129))
process.on('unhandledRejection', (reason) => {
  const error = runtimeError('UnhandledPromiseRejection', reason)
  die('Unhandled Promise Rejection', Object.assign(error, { reason, promise: {} }), 128)
})
process.on('beforeExit', () => {
  const next = whenIdle
  whenIdle = undefined
  next?.()
})

async function start({ environment, taskRoot, handler: name }) {
  for (const key of Object.keys(process.env)) delete process.env[key]
  Object.assign(process.env, environment)
  process.chdir(taskRoot)
  // NODE_PATH was read when this process started, which may have been before it had one.
  Module._initPaths()
  keepInside(taskRoot)
  facts = {
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
  }
  patchConsole()
  provideStreaming()
  try {
    handler = await loadHandler(taskRoot, name)
  } catch (error) {
    die('Uncaught Exception', error, 129)
    return
  }
  send(READY, {}, '')
}

/** Packages of the project that Postern's own folder lies in are none of the function's: on Lambda they would be missing. */
function keepInside(taskRoot) {
  const everywhere = Module._nodeModulePaths
  const inside = (path) => path === taskRoot || path.startsWith(`${taskRoot}/`)
  Module._nodeModulePaths = (from) => (inside(from) ? everywhere(from).filter(inside) : everywhere(from))
}

/** Reports an error that ends this process: of the invocation that runs, else of the start. */
function die(what, error, status) {
  console.error(what, errorLine(error))
  const answer = errorAnswer(error)
  const header = { id: current, type: answer.errorType, memory: peakMemory(), last: true }
  send(current ? ERROR : INIT_ERROR, header, JSON.stringify(answer), () => process.exit(status))
}

function invoke(header, body) {
  const { id, trace } = header
  current = id
  logFor(id)
  if (trace === undefined) delete process.env._X_AMZN_TRACE_ID
  else process.env._X_AMZN_TRACE_ID = trace
  holdOpen(false)

  const invocation = newInvocation(id)
  const { callback, context } = withContext(invocation, header)
  whenIdle = () => {
    // A handler that returned without an answer: an `async` one has failed, any other has answered `null`.
    if (handler.constructor?.name === 'AsyncFunction') invocation.fail(runtimeError('NodeJsExit', NEVER_SETTLED))
    else invocation.succeed(null)
  }
  try {
    const event = JSON.parse(body.toString())
    const result = isStreaming(handler) ? collectStream(handler, event, context) : handler(event, context, callback)
    if (typeof result?.then === 'function') result.then(context.succeed, context.fail).catch(context.fail)
  } catch (error) {
    callback(error)
  }
}

/** One invocation, answered exactly once: whatever the handler calls after that changes nothing. */
function newInvocation(id) {
  const began = performance.now()
  let answered = false
  const answer = (kind, type, body) => {
    if (answered) return
    answered = true
    whenIdle = undefined
    current = undefined
    holdOpen(true)
    const ms = performance.now() - began
    send(kind, type === undefined ? { id, ms, memory: peakMemory() } : { id, type, ms, memory: peakMemory() }, body)
  }
  const fail = (error) => {
    if (answered) return
    console.error('Invoke Error', errorLine(error))
    const shown = errorAnswer(error)
    answer(ERROR, shown.errorType, JSON.stringify(shown))
  }
  const succeed = (result) => {
    let body
    try {
      body = isStreaming(handler) ? result : (JSON.stringify(result === undefined ? null : result) ?? 'null')
    } catch {
      fail(new Error('Unable to stringify response body'))
      return
    }
    if (Buffer.byteLength(body) > LARGEST_ANSWER) answer(ERROR, 'Function.ResponseSizeTooLarge', TOO_LARGE)
    else answer(RESULT, undefined, body)
  }
  return { succeed, fail }
}

/** The context object, and the callback. Only the first call of any of the four ways to finish counts. */
function withContext({ succeed, fail }, { id, deadline, arn, client }) {
  let finished = false
  const once = (finish) => (error, result) => {
    if (finished) return
    finished = true
    whenIdle = undefined
    finish(error, result)
  }
  const isError = (error) => error !== undefined && error !== null
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    succeed: once((result) => succeed(result)),
    fail: once((error) => fail(isError(error) ? error : 'handled')),
    done: once((error, result) => (isError(error) ? fail(error) : succeed(result))),
    ...facts,
    clientContext: client === undefined ? undefined : JSON.parse(client),
    identity: undefined,
    invokedFunctionArn: arn,
    awsRequestId: id,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  }
  const callback = once((error, result) => {
    if (isError(error)) fail(error)
    else if (context.callbackWaitsForEmptyEventLoop) whenIdle = () => succeed(result)
    else succeed(result)
  })
  return { callback, context }
}

/** Megabytes, rounded up, as Lambda reports them. */
function peakMemory() {
  return Math.ceil(process.resourceUsage().maxRSS / 1024)
}
