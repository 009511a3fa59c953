import type { Asked, Routed } from '../exchange.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { type Check, deny, pass } from '../verdict.ts'

const NONE = pass({}, { code: 'authorize/none' satisfies ReasonCode, text: 'the method needs no authorization' })

/** What cannot be verified is not let in: a signature that nobody checks, an authorizer that nobody asks. */
export const authorize: Check<Asked & Routed> = {
  name: 'authorize',
  decide({ signed, method }) {
    const { authorizationType, source } = method.method
    const type = authorizationType.toUpperCase()
    if (type === 'NONE') return NONE
    const evidence = [{ what: 'AuthorizationType', found: authorizationType, ...(source && { source }) }]
    if (type !== 'AWS_IAM') {
      return deny(
        { type: 'AUTHORIZER_CONFIGURATION_ERROR' },
        {
          code: 'authorize/authorizer-unsupported' satisfies ReasonCode,
          text: `authorization by \`${authorizationType}\` is not supported yet`,
          evidence,
        },
        ['use the authorization type NONE or AWS_IAM'],
      )
    }
    if (!signed) {
      return deny(
        { type: 'MISSING_AUTHENTICATION_TOKEN' },
        {
          code: 'authorize/unsigned' satisfies ReasonCode,
          text: 'the method needs AWS_IAM, and the request is not signed',
          evidence,
        },
        ['sign the request with Signature Version 4 for the service `execute-api`'],
      )
    }
    return deny(
      { type: 'AUTHORIZER_CONFIGURATION_ERROR' },
      {
        code: 'authorize/signature-unsupported' satisfies ReasonCode,
        text: 'the method needs AWS_IAM, and signatures of API requests are not verified yet',
        evidence,
      },
    )
  },
}
