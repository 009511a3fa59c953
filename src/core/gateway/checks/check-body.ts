import type { Received } from '../exchange.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { type Check, deny, pass } from '../verdict.ts'
import { LIMITS } from './check-size.ts'

const FITS = pass({}, { code: 'check-body/fits' satisfies ReasonCode, text: 'the body is within the limit' })

export const checkBody: Check<Received> = {
  name: 'check-body',
  decide({ request }) {
    if (!request.bodyTooLarge && request.body.length <= LIMITS.body) return FITS
    return deny(
      { type: 'REQUEST_TOO_LARGE' },
      { code: 'check-body/too-large' satisfies ReasonCode, text: `the body has more than ${LIMITS.body} bytes` },
      ['send less than 10 MB, for example a reference to an object in S3'],
    )
  },
}
