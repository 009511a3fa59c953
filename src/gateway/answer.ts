import { edgeAnswerHeaders, isThroughEdge } from '#core/gateway/edge.ts'
import type { Located, Received } from '#core/gateway/exchange.ts'
import { type CompiledGatewayResponses, type RenderedDenial, renderDenial } from '#core/gateway/gateway-responses.ts'
import type { MappedAnswer } from '#core/gateway/mapped-answer.ts'
import type { GatewayAnswer } from '#core/gateway/request.ts'
import { type PartialExchange, templateScope } from '#core/gateway/template-scope.ts'
import type { Denial } from '#core/gateway/verdict.ts'

/** The headers of real answers, in their order. Success carries a trace id, what the gateway answers by itself does not. */
export function answerFrom(exchange: Received & Located, answer: MappedAnswer): GatewayAnswer {
  const { requestId, extendedRequestId, traceRoot } = exchange
  const { status, contentType, rawHeaders, body } = answer
  return {
    status,
    rawHeaders: [
      'Content-Type',
      contentType,
      'x-amzn-RequestId',
      requestId,
      ...rawHeaders,
      'x-amz-apigw-id',
      extendedRequestId,
      'X-Amzn-Trace-Id',
      traceRoot,
      ...(isThroughEdge(exchange) ? edgeAnswerHeaders(exchange, status) : []),
    ],
    body: body.encoding === 'utf8' ? body.text : Buffer.from(body.text, body.encoding),
  }
}

/** The one place where a denial becomes an answer. */
export function denialFrom(
  exchange: PartialExchange,
  denial: Denial,
  configured: CompiledGatewayResponses | undefined,
): GatewayAnswer {
  return rendered(exchange, renderDenial(denial, configured, templateScope(exchange)))
}

function rendered(exchange: PartialExchange, denial: RenderedDenial): GatewayAnswer {
  const { status, contentType, errorType, rawHeaders, body } = denial
  return {
    status,
    rawHeaders: [
      'Content-Type',
      contentType,
      'x-amzn-RequestId',
      exchange.requestId,
      'x-amzn-ErrorType',
      errorType,
      ...rawHeaders,
      'x-amz-apigw-id',
      exchange.extendedRequestId,
      ...(isThroughEdge(exchange) ? edgeAnswerHeaders(exchange, status) : []),
    ],
    body,
  }
}
