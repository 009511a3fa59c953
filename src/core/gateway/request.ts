/** A request as it came over the wire, before anything was made of it. */
export interface GatewayRequest {
  readonly method: string
  /** The request target, undecoded: `/dev/entities?limit=1`. */
  readonly target: string
  /** Names and values in turn, in the order and the letters they were sent in. */
  readonly rawHeaders: readonly string[]
  readonly body: Uint8Array
  /** The body was longer than any API takes, and was not read to its end. */
  readonly bodyTooLarge: boolean
  readonly clientAddress: string
  /** `HTTP/1.1` */
  readonly protocol: string
  /** What TLS agreed on, where the request came through TLS. */
  readonly tls?: { readonly version: string; readonly cipher: string }
}

/** An answer as it goes over the wire; whoever sends it adds `Date` in front, and `Content-Length` and `Connection` after the first header. */
export interface GatewayAnswer {
  readonly status: number
  /** Names and values in turn, in the order to send them; `Content-Type` is the first. */
  readonly rawHeaders: readonly string[]
  /** Bytes, or text that goes out as UTF-8: a small text leaves together with its headers in one write. */
  readonly body: Uint8Array | string
}
