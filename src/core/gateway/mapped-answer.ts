/** An integration's answer as the client will get it. The body is bytes written as text: the core knows no byte arrays' encodings. */
export interface MappedAnswer {
  readonly status: number
  /** Names and values in turn, without those that the gateway adds. */
  readonly rawHeaders: readonly string[]
  readonly contentType: string
  readonly body: { readonly text: string; readonly encoding: 'utf8' | 'base64' }
}
