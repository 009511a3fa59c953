import type { Found, Named, Received } from '#core/gateway/exchange.ts'
import type { ReasonCode } from '#core/gateway/reason-codes.ts'
import { deny, pass } from '#core/gateway/verdict.ts'
import type { Step } from '#kit/step.ts'
import type { Reach } from '../reach.ts'

/** From an API's id to what is deployed of it. An unknown id and one that was never deployed look the same from outside. */
export const locateApi: Step<Received & Named, Found, Reach> = {
  name: 'locate-api',
  decide({ named }, { stagesOf }) {
    const stages = stagesOf(named.apiId)
    if (stages)
      return pass({ stages }, { code: 'locate-api/found' satisfies ReasonCode, text: `API \`${named.apiId}\` is deployed` })
    return deny(
      { type: 'FORBIDDEN' },
      {
        code: 'locate-api/unknown' satisfies ReasonCode,
        text: `no API \`${named.apiId}\` has a deployed stage`,
        evidence: [{ what: NAMED[named.by], found: named.apiId }],
      },
      ['use an id that `postern list` shows, or deploy the API to a stage'],
    )
  },
}

const NAMED = { header: 'x-apigw-api-id header', host: 'Host header', domain: 'base path mapping' } as const
