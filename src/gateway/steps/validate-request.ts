import type { Decoded, Received, Routed } from '#core/gateway/exchange.ts'
import { headerOf } from '#core/gateway/headers.ts'
import { parseQuery } from '#core/gateway/query.ts'
import type { ReasonCode } from '#core/gateway/reason-codes.ts'
import { type CompiledValidation, validatorOf } from '#core/gateway/request-validation.ts'
import { deny, pass } from '#core/gateway/verdict.ts'
import type { Step } from '#kit/step.ts'
import type { Reach } from '../reach.ts'

const NOT_ASKED = pass({}, { code: 'validate-request/not-asked' satisfies ReasonCode, text: 'the method validates no requests' })
const VALID = pass(
  {},
  { code: 'validate-request/valid' satisfies ReasonCode, text: 'the request is as the method’s request validator asks' },
)

/** Parameters first, then the body, as API Gateway does. */
export const validateRequest: Step<Received & Routed & Decoded, {}, Reach> = {
  name: 'validate-request',
  decide(exchange) {
    const { validation } = exchange.method
    if (!validation) return NOT_ASKED
    const missing = missingParameters(validation, exchange)
    if (missing.length > 0) {
      const message = `Missing required request parameters: [${missing.join(', ')}]`
      const text = `the method requires ${missing.map((name) => `\`${name}\``).join(', ')}`
      const mend = ['send each required parameter, and not blank']
      const because = { code: 'validate-request/missing-parameters' satisfies ReasonCode, text }
      return deny({ type: 'BAD_REQUEST_PARAMETERS', message }, because, mend)
    }
    const validator = validatorOf(validation, headerOf(exchange.request.rawHeaders, 'content-type'))
    const body = validator && bodyOf(exchange.content)
    if (!validator || (body !== undefined && validator.fits(body))) return VALID
    return deny(
      { type: 'BAD_REQUEST_BODY' },
      {
        code: 'validate-request/invalid-body' satisfies ReasonCode,
        text: `the body does not fit the model \`${validator.model}\``,
      },
      ['send a body that fits the model, or a content type that has none'],
    )
  },
}

/** What is blank counts as missing. */
function missingParameters({ parameters }: CompiledValidation, exchange: Received & Routed): readonly string[] {
  const query = parseQuery(exchange.target.query)?.single ?? {}
  const sent = (place: string, name: string) => {
    if (place === 'header') return headerOf(exchange.request.rawHeaders, name.toLowerCase())
    const values = place === 'path' ? exchange.pathParameters : query
    return values && Object.hasOwn(values, name) ? values[name] : undefined
  }
  return parameters.filter(({ place, name }) => !sent(place, name)?.trim()).map(({ name }) => name)
}

/** `undefined` where it is no JSON, which fits no model. */
function bodyOf(content: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(content).toString())
  } catch {
    return undefined
  }
}
