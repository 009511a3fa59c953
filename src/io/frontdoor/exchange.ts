import type { OperationShape, ServiceModel } from '#kit/service-model.ts'

/** A request as the protocols read it: the body is whole, chunking is undone, header names are lower case. */
export interface WireRequest {
  readonly method: string
  /** As it came: percent-encoded, without the query. */
  readonly path: string
  /** Decoded, in order. */
  readonly query: readonly (readonly [string, string])[]
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** The operation that a request names. */
export interface Call {
  readonly service: ServiceModel
  readonly name: string
  readonly shape: OperationShape
  /** What stands in the places of `{…}` in the operation's path, decoded. */
  readonly labels: Readonly<Record<string, string>>
}

/** Input and output of an operation: members by AWS's names. */
export type Structure = Readonly<Record<string, unknown>>

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>
}

/** An error as it will be shown. */
export interface Refusal {
  readonly code: string
  readonly message: string
  readonly status: number
  /** Further members of the error's shape. */
  readonly fields: Structure
}

/** How one protocol reads requests and writes answers; none knows a service. */
export interface Protocol {
  /** The code of a refusal for a request that cannot be read. */
  readonly unreadable: string
  parse(request: WireRequest, call: Call): Structure
  write(output: Structure, call: Call, requestId: string): Answer
  refuse(refusal: Refusal, service: ServiceModel | undefined, requestId: string): Answer
}

/** The request does not say anything in its protocol. The message is for the caller. */
export class UnreadableRequest extends Error {}
