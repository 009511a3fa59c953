import type { Located, Received, Routed } from '../exchange.ts'
import { headerOf } from '../headers.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { type Check, deny, pass } from '../verdict.ts'

const NOT_REQUIRED = pass({}, { code: 'check-api-key/not-required' satisfies ReasonCode, text: 'the method needs no API key' })

/** A required key is only good with a usage plan that knows it; as long as there are no usage plans here, none is. */
export const checkApiKey: Check<Received & Located & Routed> = {
  name: 'check-api-key',
  decide({ request, method }) {
    if (!method.method.apiKeyRequired) return NOT_REQUIRED
    const missing = headerOf(request.rawHeaders, 'x-api-key') === undefined
    const code: ReasonCode = missing ? 'check-api-key/missing' : 'check-api-key/unknown'
    const text = missing
      ? 'the method needs an API key, and the request has none'
      : 'the method needs an API key, and no usage plan knows this one'
    const { source } = method.method
    return deny({ type: 'INVALID_API_KEY' }, { code, text, ...(source && { evidence: [{ what: 'ApiKeyRequired', source }] }) }, [
      'set `ApiKeyRequired` to false: Postern has no usage plans yet',
    ])
  },
}
