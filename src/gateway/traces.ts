import type { Evidence, Reason } from '#core/aws/reason.ts'
import type { ApiStage } from '#core/gateway/deployment.ts'
import { type Decided, decisionsOf } from './pipeline.ts'

/** One request as it is remembered: its decisions, and of itself only what fits in a line. */
export interface TraceRecord {
  readonly requestId: string
  readonly time: number
  readonly method: string
  readonly host: string
  readonly target: string
  readonly clientAddress: string
  readonly endpointId?: string
  readonly status: number
  readonly ms: number
  readonly outcome: 'pass' | 'deny'
  readonly decided: Decided
  readonly mend: readonly string[]
  readonly stage?: ApiStage
}

/** A trace as people and scripts read it. */
export interface Trace {
  readonly requestId: string
  readonly outcome: 'pass' | 'deny'
  readonly because: { readonly code: string; readonly text: string; readonly evidence: readonly Evidence[] }
  readonly steps: readonly {
    readonly step: string
    readonly outcome: 'pass' | 'deny'
    readonly because: Reason
    readonly ms: number
  }[]
  readonly mend: readonly string[]
  readonly request: {
    readonly method: string
    readonly host: string
    /** As it was sent, with the query string. */
    readonly path: string
    readonly clientAddress: string
    /** The VPC endpoint it came through, or `public`. */
    readonly entryPoint: string
    readonly status: number
    /** ISO 8601. */
    readonly time: string
    readonly ms: number
    readonly api?: {
      readonly id: string
      readonly name: string
      readonly stage: string
      readonly deploymentId: string
      readonly account: string
      readonly region: string
    }
  }
}

/** The last requests, oldest forgotten first. */
export interface Traces {
  add(record: TraceRecord): void
  find(requestId: string): Trace | undefined
  last(): Trace | undefined
  /** Newest first. */
  list(limit?: number): readonly Trace[]
}

/**
 * Says what of the live API its deployment does not have yet, if anything; asked when a request is explained. One that passed may be one
 * that the live API means to refuse: made private, say, and not deployed.
 */
export type Drift = (stage: ApiStage) => string | undefined

export function keepTraces(capacity: number, drift: Drift = () => undefined): Traces {
  const ring: TraceRecord[] = []
  let next = 0
  const newestFirst = function* () {
    for (let back = 1; back <= ring.length; back++) {
      const record = ring[(next - back + capacity) % capacity]
      if (record) yield record
    }
  }
  return {
    add(record) {
      ring[next] = record
      next = (next + 1) % capacity
    },
    find(requestId) {
      for (const record of newestFirst()) if (record.requestId === requestId) return explain(record, drift)
      return undefined
    },
    last() {
      const [record] = newestFirst()
      return record && explain(record, drift)
    },
    list: (limit = capacity) => [...newestFirst()].slice(0, limit).map((record) => explain(record, drift)),
  }
}

function explain(record: TraceRecord, drift: Drift): Trace {
  const { requestId, outcome, decided, mend, stage } = record
  const { code, text, evidence = [] } = decided.because.at(-1) ?? { code: '', text: '' }
  const changed = stage && drift(stage)
  return {
    requestId,
    outcome,
    because: { code, text, evidence },
    steps: decisionsOf(decided, outcome),
    mend: changed === undefined ? mend : [changed, ...mend],
    request: {
      method: record.method,
      host: record.host,
      path: record.target,
      clientAddress: record.clientAddress,
      entryPoint: record.endpointId ?? 'public',
      status: record.status,
      time: new Date(record.time).toISOString(),
      ms: record.ms,
      ...(stage && { api: apiOf(stage) }),
    },
  }
}

function apiOf({ snapshot, stageName, deploymentId }: ApiStage) {
  const { apiId, apiName, account, region } = snapshot
  return { id: apiId, name: apiName, stage: stageName, deploymentId, account, region }
}
