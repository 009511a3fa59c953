import type { Located, Received, Routed } from './exchange.ts'
import { headerOf } from './headers.ts'
import type { MappedAnswer } from './mapped-answer.ts'
import type { ParameterPlace } from './mapping-template.ts'
import type { MappingScope } from './parameter-mapping.ts'
import { formatRequestTime } from './proxy-event.ts'
import { parseQuery } from './query.ts'

/** As much of an exchange as there is when a template is rendered: a denial may come before a stage is found. */
export type PartialExchange = Received & Partial<Located & Routed>

/** What is known once the request is answered, for access logs. */
export interface Answered {
  readonly status: number
  readonly responseLength: number
  readonly latencyMs: number
  readonly integration?: {
    readonly status: number
    readonly latencyMs: number
    readonly error?: string
    readonly requestId?: string
  }
  readonly error?: { readonly message: string; readonly responseType: string }
}

/** Templates see the exchange through this: nothing is computed before a template asks for it. */
export function templateScope(exchange: PartialExchange, body = '', answered?: Answered, from?: MappedAnswer): MappingScope {
  const { request, target, stage } = exchange
  const parameter = (name: string, place?: ParameterPlace): string | undefined => {
    if (place === 'path') return exchange.pathParameters?.[name]
    if (place === 'querystring') return parseQuery(target.query)?.single[name]
    if (place === 'header') return headerOf(request.rawHeaders, name.toLowerCase())
    return parameter(name, 'path') ?? parameter(name, 'querystring') ?? parameter(name, 'header')
  }
  return {
    context: (path) => CONTEXT.get(path)?.(exchange, answered),
    stageVariables: stage?.stage.variables ?? {},
    parameter,
    body,
    ...(from && {
      integrationBody: from.body.text,
      integrationHeader: (name: string) => headerOf(from.rawHeaders, name.toLowerCase()),
    }),
  }
}

type Value = (exchange: PartialExchange, answered: Answered | undefined) => string | undefined

const text = (value: number | undefined) => (value === undefined ? undefined : String(value))

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html */
const CONTEXT = new Map<string, Value>([
  ['accountId', ({ stage }) => stage?.snapshot.account],
  ['apiId', ({ stage }) => stage?.snapshot.apiId],
  ['deploymentId', ({ stage }) => stage?.stage.deploymentId],
  ['domainName', ({ hostname }) => hostname],
  ['domainPrefix', ({ hostname }) => hostname.split('.', 1)[0]],
  ['error.message', (_, answered) => answered?.error?.message],
  ['error.messageString', (_, answered) => answered?.error && JSON.stringify(answered.error.message)],
  ['error.responseType', (_, answered) => answered?.error?.responseType],
  ['extendedRequestId', ({ extendedRequestId }) => extendedRequestId],
  ['httpMethod', ({ request }) => request.method],
  ['identity.sourceIp', ({ request }) => request.clientAddress],
  ['identity.userAgent', ({ request }) => headerOf(request.rawHeaders, 'user-agent')],
  ['identity.vpcId', ({ entrance }) => entrance?.entrance.vpcId],
  ['identity.vpceId', ({ entrance }) => entrance?.entrance.endpointId],
  ['integration.error', ({ journal }) => journal.failure],
  ['integration.integrationStatus', ({ journal }) => text(journal.integration?.status)],
  ['integration.latency', ({ journal }) => text(journal.integration && Math.round(journal.integration.latencyMs))],
  ['integration.requestId', ({ journal }) => journal.integration?.requestId],
  ['integration.status', ({ journal }) => text(journal.integration?.status)],
  ['integrationErrorMessage', ({ journal }) => journal.failure],
  ['integrationLatency', ({ journal }) => text(journal.integration && Math.round(journal.integration.latencyMs))],
  ['integrationStatus', ({ journal }) => text(journal.integration?.status)],
  ['path', ({ target }) => target.fullPath],
  ['protocol', ({ request }) => request.protocol],
  ['requestId', ({ requestId }) => requestId],
  ['requestTime', ({ receivedAt }) => formatRequestTime(receivedAt)],
  ['requestTimeEpoch', ({ receivedAt }) => String(receivedAt)],
  ['resourceId', ({ method }) => method?.method.resourceId],
  ['resourcePath', ({ method }) => method?.method.path],
  ['responseLatency', (_, answered) => text(answered?.latencyMs)],
  ['responseLength', (_, answered) => text(answered?.responseLength)],
  ['stage', ({ stage }) => stage?.stage.stageName],
  ['status', (_, answered) => text(answered?.status)],
  ['xrayTraceId', ({ traceRoot }) => traceRoot],
])
