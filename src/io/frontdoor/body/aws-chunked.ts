import { AwsError } from '#core/aws/aws-error.ts'
import type { WireRequest } from '../exchange.ts'

/** Checks the signature of one chunk, or of the trailer; throws AWS's refusal. */
export interface ChunkVerifier {
  chunk(bytes: Uint8Array, signature: string): void
  trailer(lines: string, signature: string): void
}

export function isChunked({ headers }: Pick<WireRequest, 'headers'>): boolean {
  return (
    (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-') ||
    listOf(headers['content-encoding']).includes('aws-chunked')
  )
}

/** Undoes `aws-chunked`: the body becomes what was meant, and trailing headers join the others. */
export function unchunk(request: WireRequest, verifier?: ChunkVerifier): WireRequest {
  const { chunks, trailers } = readChunks(Buffer.from(request.body), verifier)
  const announced = listOf(request.headers['x-amz-trailer']).map((name) => name.toLowerCase())
  const body = Buffer.concat(chunks)
  const said = request.headers['x-amz-decoded-content-length']
  if (said !== undefined && Number(said) !== body.length) {
    throw incomplete('You did not provide the number of bytes specified by the Content-Length HTTP header')
  }
  const { 'content-encoding': encoding, ...headers } = request.headers
  const encodings = listOf(encoding).filter((one) => one !== 'aws-chunked')
  return {
    ...request,
    body,
    headers: {
      ...headers,
      ...(encodings.length > 0 ? { 'content-encoding': encodings.join(',') } : {}),
      'content-length': String(body.length),
      // Only what was announced before the body: nothing else may take another header's place.
      ...Object.fromEntries(Object.entries(trailers).filter(([name]) => announced.includes(name))),
    },
  }
}

function readChunks(source: Buffer, verifier: ChunkVerifier | undefined) {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const end = source.indexOf('\r\n', at)
    const header = /^([0-9a-f]+)(?:;chunk-signature=([0-9a-f]+))?$/i.exec(end < 0 ? '' : source.toString('latin1', at, end))
    if (!header) throw incomplete('The request body terminated unexpectedly')
    const size = Number.parseInt(header[1] as string, 16)
    const start = end + 2
    const bytes = source.subarray(start, start + size)
    if (bytes.length < size) throw incomplete('The request body terminated unexpectedly')
    verifier?.chunk(bytes, header[2] ?? '')
    if (size === 0) return { chunks, trailers: readTrailers(source.toString('utf8', start), verifier) }
    chunks.push(bytes)
    at = start + size + 2
  }
}

function readTrailers(text: string, verifier: ChunkVerifier | undefined): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line !== '')
  const pairs = lines.map(
    (line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const,
  )
  const { 'x-amz-trailer-signature': signature, ...trailers } = Object.fromEntries(pairs) as Record<string, string>
  const signed = pairs.filter(([name]) => name !== 'x-amz-trailer-signature').map(([name, value]) => `${name}:${value}\n`)
  if (signed.length > 0) verifier?.trailer(signed.join(''), signature ?? '')
  return trailers
}

function listOf(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

function incomplete(message: string): AwsError {
  return new AwsError('IncompleteBody', message, { status: 400 })
}
