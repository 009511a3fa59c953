import type { Located, Received, Routed } from './exchange.ts'
import { forwardedHeaders } from './forwarded-headers.ts'
import { parseQuery } from './query.ts'

/** `API-Gateway-Execution-Logs_{api}/{stage}`: API Gateway names the group itself. */
export function executionLogGroup({ stage }: Located): string {
  return `API-Gateway-Execution-Logs_${stage.snapshot.apiId}/${stage.stage.stageName}`
}

/** The outcome of one request, as its log tells it. */
export interface Execution {
  readonly status: number
  /** Only told with data tracing on. */
  readonly requestBody: string
  readonly responseBody: string
}

/** The lines of one request, each with its id in front. Wording recorded from test invocations. */
export function executionLogLines(exchange: Received & Located & Routed, execution: Execution): readonly string[] {
  const { level, data } = exchange.method.log
  const { failure } = exchange.journal
  if (level === 'OFF' || (level === 'ERROR' && !failure)) return []
  const lines =
    level === 'ERROR'
      ? []
      : [...opening(exchange), ...(data ? received(exchange, execution) : []), ...called(exchange, execution, data)]
  if (failure) lines.push(failure)
  if (level === 'INFO') {
    if (!failure) lines.push('Successfully completed execution')
    lines.push(`Method completed with status: ${execution.status}`)
  }
  return lines.map((line) => `(${exchange.requestId}) ${line}`)
}

function opening({ requestId, extendedRequestId, request, method }: Received & Routed): string[] {
  return [
    `Extended Request Id: ${extendedRequestId}`,
    `Starting execution for request: ${requestId}`,
    `HTTP Method: ${request.method}, Resource Path: ${method.method.path}`,
  ]
}

function received(exchange: Received & Located & Routed, { requestBody }: Execution): string[] {
  const query = parseQuery(exchange.target.query)
  return [
    `Method request path: ${braces(exchange.pathParameters ?? {})}`,
    `Method request query string: ${braces(query?.single ?? {})}`,
    `Method request headers: ${braces(forwardedHeaders(exchange).headers)}`,
    `Method request body before transformations: ${requestBody}`,
  ]
}

function called({ journal: { integration } }: Received, { responseBody }: Execution, data: boolean): string[] {
  if (!integration) return []
  const { uri, status, latencyMs, payload, answer } = integration
  return [
    ...(data ? [`Endpoint request URI: ${uri}`, `Endpoint request body after transformations: ${payload}`] : []),
    `Sending request to ${uri}`,
    `Received response. Status: ${status}, Integration latency: ${Math.round(latencyMs)} ms`,
    ...(data
      ? [
          `Endpoint response body before transformations: ${answer}`,
          `Method response body after transformations: ${responseBody}`,
        ]
      : []),
  ]
}

/** Java's way to print a map. */
function braces(values: Readonly<Record<string, string>>): string {
  return `{${Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')}}`
}
