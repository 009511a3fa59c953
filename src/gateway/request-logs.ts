import type { CompiledStage } from '#core/gateway/compile-stage.ts'
import { executionLogGroup, executionLogLines } from '#core/gateway/execution-log.ts'
import type { GatewayAnswer } from '#core/gateway/request.ts'
import { type PartialExchange, templateScope } from '#core/gateway/template-scope.ts'
import type { Ids, Logs } from '#kit/ports.ts'

/** Writes the execution and access logs that a stage asks for. */
export function requestLogs(logs: Logs, ids: Ids) {
  const streams = new WeakMap<CompiledStage, string>()
  const streamOf = (stage: CompiledStage) => {
    const stream = streams.get(stage) ?? ids.hex(32)
    streams.set(stage, stream)
    return stream
  }
  return (
    exchange: PartialExchange,
    answer: GatewayAnswer,
    ms: number,
    error?: { message: string; responseType: string },
  ): void => {
    const { stage, method } = exchange
    if (!stage) return
    const { account, region } = stage.snapshot
    const scope = { account, region }
    const timestamp = exchange.receivedAt
    if (method && method.log.level !== 'OFF') {
      const lines = executionLogLines(
        { ...exchange, stage, method, pathParameters: exchange.pathParameters ?? null },
        { status: answer.status, requestBody: textOf(exchange.request.body), responseBody: textOf(answer.body) },
      )
      const events = lines.map((message) => ({ timestamp, message }))
      if (events.length > 0) logs.append(scope, executionLogGroup({ stage }), streamOf(stage), events)
    }
    if (!stage.accessLog) return
    const answered = {
      status: answer.status,
      responseLength: Buffer.byteLength(answer.body),
      latencyMs: Math.round(ms),
      ...(error && { error }),
    }
    const message = stage.accessLog.format(templateScope(exchange, '', answered))
    logs.append(scope, stage.accessLog.group, streamOf(stage), [{ timestamp, message }])
  }
}

function textOf(bytes: Uint8Array | string): string {
  if (typeof bytes === 'string') return bytes
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}
