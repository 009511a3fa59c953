import type { Decoded, Integrated, Located, Received, Routed } from '#core/gateway/exchange.ts'
import { headerOf } from '#core/gateway/headers.ts'
import { answerMock, type CompiledMock, type MockFailure } from '#core/gateway/mock.ts'
import type { ReasonCode } from '#core/gateway/reason-codes.ts'
import { templateScope } from '#core/gateway/template-scope.ts'
import { type Denial, deny, pass, type Verdict } from '#core/gateway/verdict.ts'
import type { Step } from '#kit/step.ts'
import type { Reach } from '../reach.ts'
import { invokeLambda } from './invoke-lambda.ts'

/** Hands the request to the method's integration and maps what it answers. */
export const integrate: Step<Received & Located & Routed & Decoded, Integrated, Reach> = {
  name: 'integrate',
  decide(exchange, reach) {
    const { integration } = exchange.method
    if (integration.kind === 'lambda') return invokeLambda(exchange, integration, reach)
    if (integration.kind === 'mock') return mock(exchange, integration)
    const { code, text, source } = integration
    exchange.journal.failure = `Execution failed due to configuration error: ${text}`
    return deny(
      { type: 'API_CONFIGURATION_ERROR' },
      { code, text, ...(source && { evidence: [{ what: 'integration', source }] }) },
      ['change the integration and deploy the API again'],
    )
  },
}

const MOCK_FAILURES: Readonly<Record<MockFailure, { code: ReasonCode; text: string; as: Denial }>> = {
  'unsupported-media-type': {
    code: 'integrate/unsupported-media-type',
    text: 'no request template is for the content type of the request',
    as: { type: 'UNSUPPORTED_MEDIA_TYPE' },
  },
  'no-status': {
    code: 'integrate/not-configured',
    text: 'the request template gives no `statusCode`',
    as: { type: 'API_CONFIGURATION_ERROR' },
  },
  'no-response': {
    code: 'integrate/no-mock-response',
    text: 'no integration response is for the status that the request template gives',
    as: { type: 'API_CONFIGURATION_ERROR' },
  },
}

function mock(exchange: Received & Located & Routed & Decoded, integration: CompiledMock): Verdict<Integrated> {
  const body = Buffer.from(exchange.content).toString('utf8')
  const answer = answerMock(integration, templateScope(exchange, body), headerOf(exchange.request.rawHeaders, 'content-type'))
  if (typeof answer !== 'string') {
    return pass({ answer }, { code: 'integrate/mock-answered' satisfies ReasonCode, text: `the mock answers ${answer.status}` })
  }
  const { code, text, as } = MOCK_FAILURES[answer]
  exchange.journal.failure = `Execution failed due to configuration error: ${text}`
  return deny(as, { code, text }, ['change the templates or responses of the mock and deploy the API again'])
}
