import type { PolicyRequest } from '../policy/request.ts'
import type { CompiledDomain } from './compile-domain.ts'
import type { CompiledEntrance } from './compile-entrance.ts'
import type { CompiledMethod, CompiledStage } from './compile-stage.ts'
import type { BasePathMapping } from './custom-domain.ts'
import type { ApiHostname } from './hostname.ts'
import type { MappedAnswer } from './mapped-answer.ts'
import type { GatewayRequest } from './request.ts'
import type { RequestTarget } from './request-target.ts'

/** What is known of a request when it arrives. Each step adds to it; the types below say what. */
export interface Received {
  readonly request: GatewayRequest
  readonly requestId: string
  /** `x-amz-apigw-id` */
  readonly extendedRequestId: string
  /** `X-Amzn-Trace-Id`: a new root, or what the client goes on with. */
  readonly traceRoot: string
  /** Milliseconds since 1970. */
  readonly receivedAt: number
  /** The name in the `Host` header, lower case, without port. */
  readonly hostname: string
  readonly target: RequestTarget
  /** The VPC endpoint that the request came through; absent for the public front end. */
  readonly entrance?: CompiledEntrance
  /** The custom domain name that the `Host` header names, if it is one. */
  readonly domain?: CompiledDomain
  readonly journal: Journal
}

/** What logs tell of an exchange beyond its verdicts; whoever learns it writes it down. */
export interface Journal {
  integration?: {
    readonly uri: string
    readonly status: number
    readonly latencyMs: number
    readonly requestId?: string
    /** What was sent and what came back, where the method's log wants it. */
    readonly payload: string
    readonly answer: string
  }
  /** Why the execution failed, in the words of API Gateway's execution log. */
  failure?: string
}

/** Which API the request names, and how it does. */
export interface Named {
  readonly named: {
    readonly apiId: string
    readonly by: 'header' | 'host' | 'domain'
    readonly host?: ApiHostname
    /** What led from the custom domain name to the API. */
    readonly mapping?: BasePathMapping
  }
  /** Divided as the way of naming has it: a base path may stand for the stage. */
  readonly target: RequestTarget
}

/** The stages of the API that the request names. */
export interface Found {
  readonly stages: ReadonlyMap<string, CompiledStage>
}

export interface Located {
  readonly stage: CompiledStage
}

/** What policies are asked. */
export interface Asked {
  readonly asked: PolicyRequest
  /** The same of the private custom domain name that the request came by. */
  readonly askedOfDomain?: PolicyRequest
  /** Whether the request carries a signature, verified or not. */
  readonly signed: boolean
}

export interface Routed {
  readonly method: CompiledMethod
  readonly pathParameters: Readonly<Record<string, string>> | null
}

/** The body as integrations see it. */
export interface Decoded {
  readonly content: Uint8Array
}

/** What the integration answered. */
export interface Integrated {
  readonly answer: MappedAnswer
}
