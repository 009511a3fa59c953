import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import { LIMITS } from '#core/gateway/checks/check-size.ts'
import type { Decoded, Located, Received } from '#core/gateway/exchange.ts'
import { headerOf } from '#core/gateway/headers.ts'
import type { ReasonCode } from '#core/gateway/reason-codes.ts'
import { deny, pass, type Verdict } from '#core/gateway/verdict.ts'
import type { Step } from '#kit/step.ts'
import type { Reach } from '../reach.ts'

const AS_SENT = { code: 'decode-body/as-sent' satisfies ReasonCode, text: 'the body is handed on as it was sent' }

const DECODERS = new Map([
  ['gzip', promisify<Buffer | Uint8Array, { maxOutputLength: number }, Buffer>(gunzip)],
  ['deflate', promisify<Buffer | Uint8Array, { maxOutputLength: number }, Buffer>(inflate)],
])

/**
 * An API that compresses also takes compressed bodies, and unpacks them for its integrations:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html
 * unverified: whether `Content-Encoding` is still among the headers that a function sees; here it is.
 */
export const decodeBody: Step<Received & Located, Decoded, Reach> = {
  name: 'decode-body',
  decide({ request, stage }) {
    const compresses = stage.snapshot.minimumCompressionSize !== undefined && request.body.length > 0
    const encoding = compresses ? headerOf(request.rawHeaders, 'content-encoding')?.trim().toLowerCase() : undefined
    const decode = encoding === undefined ? undefined : DECODERS.get(encoding)
    return decode && encoding ? decoded(request.body, encoding, decode) : pass({ content: request.body }, AS_SENT)
  },
}

type Decoder = (body: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>

async function decoded(body: Uint8Array, encoding: string, decode: Decoder): Promise<Verdict<Decoded>> {
  try {
    const content = await decode(body, { maxOutputLength: LIMITS.body })
    return pass({ content }, { code: 'decode-body/decoded' satisfies ReasonCode, text: `the body was sent as \`${encoding}\`` })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      const text = `the body has more than ${LIMITS.body} bytes once it is unpacked`
      return deny({ type: 'REQUEST_TOO_LARGE' }, { code: 'decode-body/too-large' satisfies ReasonCode, text })
    }
    if (!code?.startsWith('Z_')) throw error
    // unverified: how AWS refuses what it cannot unpack.
    return deny(
      { type: 'BAD_REQUEST_BODY' },
      {
        code: 'decode-body/undecodable' satisfies ReasonCode,
        text: `the body is not \`${encoding}\`, as its \`Content-Encoding\` says`,
      },
      ['send the body as its `Content-Encoding` says, or without that header'],
    )
  }
}
