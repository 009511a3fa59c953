import { type CompiledEntrance, compileEntrance } from '#core/gateway/compile-entrance.ts'
import type { CompiledStage } from '#core/gateway/compile-stage.ts'
import { compileStage } from '#core/gateway/compile-stage.ts'
import type { CustomDomain } from '#core/gateway/custom-domain.ts'
import type { ApiStage } from '#core/gateway/deployment.ts'
import type { Entrance } from '#core/gateway/entrance.ts'
import type { Received } from '#core/gateway/exchange.ts'
import { headerOf } from '#core/gateway/headers.ts'
import { hostnameOf } from '#core/gateway/hostname.ts'
import type { ReasonCode } from '#core/gateway/reason-codes.ts'
import type { GatewayAnswer, GatewayRequest } from '#core/gateway/request.ts'
import { parseTarget } from '#core/gateway/request-target.ts'
import type { PartialExchange } from '#core/gateway/template-scope.ts'
import { continuedTrace } from '#core/gateway/trace-id.ts'
import type { Ports } from '#kit/ports.ts'
import { answerFrom, denialFrom } from './answer.ts'
import { compressAnswer } from './compress-answer.ts'
import { keepDomains } from './domains.ts'
import type { Decided } from './pipeline.ts'
import { requestLogs } from './request-logs.ts'
import { restApi } from './rest-api.ts'
import { type Drift, keepTraces, type Traces } from './traces.ts'

/** The data plane without its sockets: what is published here, frozen, is what answers. */
export interface Gateway {
  /** Puts the stage in place of what answered under its API and name before. Throws where its policy is none. */
  publishStage(stage: ApiStage): void
  withdrawStage(apiId: string, stageName: string): void
  /** Makes the entrance known, or takes its change. */
  putEntrance(entrance: Entrance): void
  removeEntrance(endpointId: string): void
  readonly entrances: () => readonly Entrance[]
  /** Serves the custom domain name, or takes its change. Throws where its policy is none. */
  publishDomain(domain: CustomDomain): void
  withdrawDomain(arn: string): void
  /** Whether requests with this host name are for a custom domain name. */
  servesDomain(hostname: string): boolean
  /** Never throws and never rejects: what goes wrong inside is a 500 with an id, and a trace. */
  handle(request: GatewayRequest, endpointId?: string): Promise<GatewayAnswer>
  readonly traces: Traces
}

export interface GatewayOptions {
  /** Milliseconds with fractions for measuring steps; the clock's own where left out. */
  readonly elapsed?: () => number
  /** How many requests are remembered. */
  readonly traces?: number
  readonly drift?: Drift
  /** Hears of what broke inside. */
  readonly onFault?: (error: unknown, requestId: string) => void
}

export type GatewayPorts = Pick<Ports, 'functions' | 'logs' | 'clock' | 'ids'>

/** Of a request target: a thousand remembered requests must stay small. */
const LONGEST_REMEMBERED = 2_000

export function createGateway(ports: GatewayPorts, options: GatewayOptions = {}): Gateway {
  const { functions, clock, ids, logs } = ports
  const elapsed = options.elapsed ?? (() => clock.now())
  const apis = new Map<string, Map<string, CompiledStage>>()
  const entrances = new Map<string, CompiledEntrance>()
  const domains = keepDomains()
  const traces = keepTraces(options.traces ?? 1_000, options.drift)
  const log = requestLogs(logs, ids)
  const reach = { functions, clock, elapsed, stagesOf: (apiId: string) => apis.get(apiId) }

  const receive = (request: GatewayRequest, entrance: CompiledEntrance | undefined): Received => {
    const receivedAt = clock.now()
    const hostname = hostnameOf(headerOf(request.rawHeaders, 'host') ?? '')
    const domain = domains.find(hostname, entrance?.entrance)
    return {
      request,
      requestId: ids.uuid(),
      extendedRequestId: Buffer.from(ids.bytes(11)).toString('base64'),
      traceRoot: continuedTrace(headerOf(request.rawHeaders, 'x-amzn-trace-id')) ?? newTrace(receivedAt),
      receivedAt,
      hostname,
      target: parseTarget(request.target),
      ...(entrance && { entrance }),
      ...(domain && { domain }),
      journal: {},
    }
  }

  const newTrace = (at: number) =>
    `Root=1-${Math.floor(at / 1000)
      .toString(16)
      .padStart(8, '0')}-${ids.hex(24)}`

  /** Remembers the request and writes what its stage wants logged. */
  const conclude = (
    exchange: PartialExchange,
    answer: GatewayAnswer,
    ran: {
      decided: Decided
      mend: readonly string[]
      outcome: 'pass' | 'deny'
      error?: { message: string; responseType: string }
    },
    startedAt: number,
  ): GatewayAnswer => {
    const { request, entrance, stage } = exchange
    const ms = elapsed() - startedAt
    traces.add({
      requestId: exchange.requestId,
      time: exchange.receivedAt,
      method: request.method,
      host: exchange.hostname,
      target: request.target.slice(0, LONGEST_REMEMBERED),
      clientAddress: request.clientAddress,
      ...(entrance && { endpointId: entrance.entrance.endpointId }),
      status: answer.status,
      ms,
      outcome: ran.outcome,
      decided: ran.decided,
      mend: ran.mend,
      ...(stage && { stage: stage.stage }),
    })
    log(exchange, answer, ms, ran.error)
    return answer
  }

  return {
    publishStage(stage) {
      const stages = apis.get(stage.apiId) ?? new Map<string, CompiledStage>()
      stages.set(stage.stageName, compileStage(stage))
      apis.set(stage.apiId, stages)
    },
    withdrawStage(apiId, stageName) {
      const stages = apis.get(apiId)
      stages?.delete(stageName)
      if (stages?.size === 0) apis.delete(apiId)
    },
    putEntrance: (entrance) => void entrances.set(entrance.endpointId, compileEntrance(entrance)),
    removeEntrance: (endpointId) => void entrances.delete(endpointId),
    publishDomain: (domain) => domains.put(domain),
    withdrawDomain: (arn) => domains.remove(arn),
    servesDomain: (hostname) => domains.find(hostname) !== undefined,
    entrances: () => [...entrances.values()].map(({ entrance }) => entrance),
    traces,

    async handle(request, endpointId) {
      const startedAt = elapsed()
      const entrance = endpointId === undefined ? undefined : entrances.get(endpointId)
      const start = receive(request, entrance)
      try {
        if (endpointId !== undefined && !entrance) throw new Error(`no entrance ${endpointId}`)
        const run = await restApi.run(start, reach)
        const { decided } = run
        if (run.outcome === 'pass') {
          const plain = answerFrom(run.exchange, run.exchange.answer)
          const { minimumCompressionSize } = run.exchange.stage.snapshot
          const answer =
            minimumCompressionSize === undefined
              ? plain
              : await compressAnswer(plain, minimumCompressionSize, headerOf(request.rawHeaders, 'accept-encoding'))
          return conclude(run.exchange, answer, { decided, outcome: 'pass', mend: [] }, startedAt)
        }
        const { as, mend } = run.denial
        const answer = denialFrom(run.exchange, as, run.exchange.stage?.gatewayResponses)
        const error = { message: as.message ?? '', responseType: as.type }
        return conclude(run.exchange, answer, { decided, outcome: 'deny', mend, error }, startedAt)
      } catch (fault) {
        options.onFault?.(fault, start.requestId)
        const answer = denialFrom(start, { type: 'DEFAULT_5XX' }, undefined)
        const because = { code: 'gateway/fault' satisfies ReasonCode, text: 'Postern failed to answer; its log says how' }
        const decided = { names: ['gateway'], because: [because], ms: [elapsed() - startedAt] }
        return conclude(start, answer, { decided, outcome: 'deny', mend: [] }, startedAt)
      }
    },
  }
}
