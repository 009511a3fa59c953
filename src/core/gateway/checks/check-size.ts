import type { Received } from '../exchange.ts'
import { headerBytes } from '../headers.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { type Check, deny, pass } from '../verdict.ts'

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const LIMITS = {
  private: { headers: 8_000, requestLine: 8_192 },
  public: { headers: 20_480, requestLine: 10_240 },
  body: 10 * 1024 * 1024,
} as const

const FITS = pass({}, { code: 'check-size/fits' satisfies ReasonCode, text: 'request line and headers are within the limits' })

/** A private entry point takes shorter headers than a public one. */
export const checkSize: Check<Received> = {
  name: 'check-size',
  decide({ request, entrance }) {
    const limits = entrance ? LIMITS.private : LIMITS.public
    const where = entrance ? 'a VPC endpoint' : 'the public front end'
    const headers = headerBytes(request.rawHeaders)
    if (headers > limits.headers) {
      const text = `the headers have ${headers} bytes; ${where} takes ${limits.headers}`
      return deny({ type: 'HEADERS_TOO_LARGE' }, { code: 'check-size/headers-too-large' satisfies ReasonCode, text }, [
        `send at most ${limits.headers} bytes of headers, names and values together`,
      ])
    }
    const line = request.method.length + request.target.length + request.protocol.length + 2
    if (line <= limits.requestLine) return FITS
    const text = `the request line has ${line} bytes; ${where} takes ${limits.requestLine}`
    return deny({ type: 'URI_TOO_LONG' }, { code: 'check-size/target-too-long' satisfies ReasonCode, text }, [
      'send what is long in the body instead of the query string',
    ])
  },
}
