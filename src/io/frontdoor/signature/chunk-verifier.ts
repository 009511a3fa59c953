import type { ChunkVerifier } from '../body/aws-chunked.ts'
import type { WireRequest } from '../exchange.ts'
import type { Credential } from './credential.ts'
import { refusalOf } from './refusals.ts'
import { hmac, sameSignature, scopeOf, sha256, signingKey } from './sign.ts'

/** Each chunk's signature covers the one before it, the first one that of the request. Unsigned streams have none to check. */
export function chunkVerifier(
  { headers }: WireRequest,
  credential: Credential,
  secretAccessKey: string,
): ChunkVerifier | undefined {
  if (!headers['x-amz-content-sha256']?.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD')) return undefined
  const key = signingKey(credential, secretAccessKey)
  let previous = credential.signature
  const check = (kind: string, hashes: readonly string[], signature: string) => {
    const date = headers['x-amz-date'] ?? ''
    const expected = hmac(key, [`AWS4-HMAC-SHA256-${kind}`, date, scopeOf(credential), previous, ...hashes].join('\n')).toString(
      'hex',
    )
    if (!sameSignature(expected, signature)) throw refusalOf({ kind: 'mismatch' }, 'rest-xml')
    previous = expected
  }
  return {
    chunk: (bytes, signature) => check('PAYLOAD', [sha256(''), sha256(bytes)], signature),
    trailer: (lines, signature) => check('TRAILER', [sha256(lines)], signature),
  }
}
