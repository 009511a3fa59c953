/** Both as PEM, under the names that `node:tls` has for them. */
export interface KeyAndCertificate {
  readonly key: string
  readonly cert: string
}
