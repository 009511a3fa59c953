import type { CompiledIntegration } from '#core/gateway/compile-integration.ts'
import type { Decoded, Integrated, Located, Received, Routed } from '#core/gateway/exchange.ts'
import { headerOf } from '#core/gateway/headers.ts'
import { isBinary } from '#core/gateway/media-type.ts'
import { buildProxyEvent, type EventBody } from '#core/gateway/proxy-event.ts'
import { mapProxyResponse } from '#core/gateway/proxy-response.ts'
import type { ReasonCode } from '#core/gateway/reason-codes.ts'
import { type Denial, deny, pass, type Verdict } from '#core/gateway/verdict.ts'
import type { Clock, FunctionAnswer } from '#kit/ports.ts'
import type { Reach } from '../reach.ts'

type Exchange = Received & Located & Routed & Decoded
type Lambda = Extract<CompiledIntegration, { kind: 'lambda' }>

/** Lambda's limit on a synchronous event: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LONGEST_EVENT = 6_291_556

const BAD_GATEWAY: Denial = { type: 'DEFAULT_5XX', status: 502 }
const INTERNAL: Denial = { type: 'API_CONFIGURATION_ERROR' }

/** Sends the proxy event to the function and maps its answer. What Lambda refuses is 500, what the function does wrong is 502. */
export async function invokeLambda(
  exchange: Exchange,
  lambda: Lambda,
  { functions, clock, elapsed }: Reach,
): Promise<Verdict<Integrated>> {
  const payload = Buffer.from(JSON.stringify(buildProxyEvent(exchange, eventBody(exchange))))
  if (payload.length > LONGEST_EVENT) {
    const text = `the event has ${payload.length} bytes; Lambda takes ${LONGEST_EVENT}`
    return deny({ type: 'REQUEST_TOO_LARGE' }, reason('integrate/payload-too-large', text), ['send less than 6 MB'])
  }
  const before = elapsed()
  const call = functions.invoke({ functionArn: lambda.functionArn, payload, as: lambda.as, traceId: exchange.traceRoot })
  const answer = await within(lambda.timeoutMs, call, clock)
  note(exchange, lambda, payload, answer, elapsed() - before)
  if (answer === 'timeout') {
    exchange.journal.failure = 'Execution failed due to a timeout error'
    const text = `\`${lambda.functionArn}\` did not answer within ${lambda.timeoutMs} ms`
    return deny({ type: 'INTEGRATION_TIMEOUT' }, reason('integrate/timeout', text), [
      'make the function faster; API Gateway waits no longer than the integration says',
    ])
  }
  if (answer.kind === 'refused') return refused(exchange, lambda, answer)
  if (answer.functionError !== undefined) return failed(exchange, lambda, answer)
  return mapped(exchange, lambda, answer)
}

function eventBody({ request, stage, content }: Exchange): EventBody {
  if (content.length === 0) return { text: null, isBase64Encoded: false }
  const body = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const binary = isBinary(stage.snapshot.binaryMediaTypes, headerOf(request.rawHeaders, 'content-type'))
  return { text: body.toString(binary ? 'base64' : 'utf8'), isBase64Encoded: binary }
}

/** The call's answer, or `timeout` where it takes longer. The function runs on, as on AWS. */
function within(ms: number, call: Promise<FunctionAnswer>, clock: Clock): Promise<FunctionAnswer | 'timeout'> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => resolve('timeout'))
    call.then(
      (answer) => {
        cancel()
        resolve(answer)
      },
      (error) => {
        cancel()
        reject(error)
      },
    )
  })
}

function note(
  { journal, method }: Exchange,
  { functionArn }: Lambda,
  payload: Buffer,
  answer: FunctionAnswer | 'timeout',
  latencyMs: number,
) {
  const answered = answer !== 'timeout' && answer.kind === 'answered' ? answer : undefined
  journal.integration = {
    uri: functionArn,
    status: answer === 'timeout' ? 504 : answer.kind === 'refused' ? answer.error.status : 200,
    latencyMs,
    ...(answered && { requestId: answered.requestId }),
    payload: method.log.data ? payload.toString('utf8') : '',
    answer: method.log.data && answered ? textOf(answered.payload) : '',
  }
}

function refused(
  { journal }: Exchange,
  { functionArn, as }: Lambda,
  { error, because }: Extract<FunctionAnswer, { kind: 'refused' }>,
) {
  const evidence = [{ what: 'Lambda', found: because.text }, ...(because.evidence ?? [])]
  if (error.code === 'AccessDeniedException' || error.status === 403) {
    journal.failure = 'Execution failed due to configuration error: Invalid permissions on Lambda function'
    const source = as === 'account' ? 'the integration’s role' : `\`${as.service}\` with the source \`${as.sourceArn}\``
    return deny(INTERNAL, reason('integrate/not-permitted', `${source} may not invoke \`${functionArn}\``, evidence), [
      as === 'account'
        ? `allow the role \`lambda:InvokeFunction\` on \`${functionArn}\``
        : `add an \`AWS::Lambda::Permission\` for \`${as.service}\` whose \`SourceArn\` matches \`${as.sourceArn}\``,
    ])
  }
  journal.failure = `Execution failed due to configuration error: Lambda invocation failed with status: ${error.status}. ${error.message}`
  return deny(
    INTERNAL,
    reason('integrate/refused', `Lambda answered ${error.status} \`${error.code}\`: ${error.message}`, evidence),
  )
}

type Answered = Extract<FunctionAnswer, { kind: 'answered' }>

function failed({ journal }: Exchange, { functionArn }: Lambda, { payload, requestId }: Answered) {
  const message = errorMessage(textOf(payload))
  journal.failure = `Lambda execution failed with status 200 due to customer function error: ${message}. Lambda request id: ${requestId}`
  return deny(BAD_GATEWAY, reason('integrate/function-error', `\`${functionArn}\` failed: ${message}`), [
    '`postern logs` shows what the function wrote',
  ])
}

function mapped({ journal, request, stage }: Exchange, { functionArn }: Lambda, { payload }: Answered): Verdict<Integrated> {
  const text = textOf(payload)
  const response = mapProxyResponse(parseJson(text), {
    accept: headerOf(request.rawHeaders, 'accept'),
    binaryMediaTypes: stage.snapshot.binaryMediaTypes,
  })
  if (response.ok) {
    return pass(
      { answer: response.answer },
      reason('integrate/lambda-answered', `\`${functionArn}\` answered ${response.answer.status}`),
    )
  }
  const undecodable = response.fault === 'undecodable'
  journal.failure = undecodable
    ? 'Execution failed due to configuration error: Unable to base64 decode the body.'
    : 'Execution failed due to configuration error: Malformed Lambda proxy response'
  const evidence = [{ what: 'function answer', found: text.slice(0, 200) }]
  const code: ReasonCode = undecodable ? 'integrate/undecodable-body' : 'integrate/malformed-answer'
  return deny(
    undecodable ? INTERNAL : BAD_GATEWAY,
    reason(code, `the answer of \`${functionArn}\` is no proxy response: ${response.text}`, evidence),
    ['answer `{ statusCode, headers, body }` with a string as body'],
  )
}

function reason(code: ReasonCode, text: string, evidence?: readonly { what: string; found?: string }[]) {
  return { code, text, ...(evidence && { evidence }) }
}

function textOf(payload: Uint8Array): string {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8')
}

/** What is not JSON is nothing that could be a proxy response. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function errorMessage(text: string): string {
  const error = parseJson(text)
  const named = typeof error === 'object' && error !== null && 'errorMessage' in error
  return named ? String(error.errorMessage) : text
}
