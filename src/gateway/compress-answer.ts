import { promisify } from 'node:util'
import { deflate, gzip } from 'node:zlib'
import { headerOf } from '#core/gateway/headers.ts'
import type { GatewayAnswer } from '#core/gateway/request.ts'

const ENCODERS = new Map([
  ['gzip', promisify<Uint8Array | string, Buffer>(gzip)],
  ['deflate', promisify<Uint8Array | string, Buffer>(deflate)],
])

/**
 * Compresses a body of at least the API's `minimumCompressionSize`, where the client takes it and the integration has not done so.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html
 */
export async function compressAnswer(
  answer: GatewayAnswer,
  minimum: number,
  acceptEncoding: string | undefined,
): Promise<GatewayAnswer> {
  const { rawHeaders, body } = answer
  if (acceptEncoding === undefined || Buffer.byteLength(body) < minimum || body.length === 0) return answer
  if (headerOf(rawHeaders, 'content-encoding') !== undefined) return answer
  const encoding = accepted(acceptEncoding)
  const encode = encoding === undefined ? undefined : ENCODERS.get(encoding)
  if (encoding === undefined || !encode) return answer
  const [name = '', type = '', ...rest] = rawHeaders
  return { ...answer, rawHeaders: [name, type, 'Content-Encoding', encoding, ...rest], body: await encode(body) }
}

/** The coding that the client likes best of those that API Gateway has; gzip where it likes both alike. */
function accepted(acceptEncoding: string): string | undefined {
  const wishes = acceptEncoding.split(',').map((wish) => {
    const [coding = '', ...parameters] = wish.split(';').map((part) => part.trim().toLowerCase())
    const quality = parameters.find((parameter) => parameter.startsWith('q='))
    return { coding, quality: quality === undefined ? 1 : Number(quality.slice(2)) }
  })
  const weight = (coding: string) =>
    (wishes.find((wish) => wish.coding === coding) ?? wishes.find((wish) => wish.coding === '*'))?.quality ?? 0
  const [best] = [...ENCODERS.keys()].filter((coding) => weight(coding) > 0).toSorted((a, b) => weight(b) - weight(a))
  return best
}
