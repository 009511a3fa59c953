/*
 * What every server that Postern plays asks of a TLS handshake, whichever way the connection came.
 */

/** From its first byte to its end, however busily it goes on. */
export const HANDSHAKE_WITHIN_MS = 10_000

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html */
export const OLDEST_TLS = 'TLSv1.2'

/** Private APIs speak nothing newer than HTTP/1.1. */
export const ALPN_PROTOCOLS: string[] = ['http/1.1']
