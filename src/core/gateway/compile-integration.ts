import type { Source } from '../aws/reason.ts'
import type { ApiStage, IntegrationSnapshot, MethodSnapshot } from './deployment.ts'
import { type CompiledMock, compileMock } from './mock.ts'
import type { ReasonCode } from './reason-codes.ts'

/** An integration with everything decided that does not depend on the request. */
export type CompiledIntegration =
  | {
      readonly kind: 'lambda'
      readonly functionArn: string
      /** Whom Lambda must permit: the service for this method, or with the integration's own credentials the account's role. */
      readonly as: { readonly service: string; readonly sourceArn: string; readonly sourceAccount: string } | 'account'
      readonly timeoutMs: number
    }
  | ({ readonly kind: 'mock' } & CompiledMock)
  /** Each request to it is refused: with 500, as AWS refuses what is configured wrongly. */
  | UnusableIntegration

export interface UnusableIntegration {
  readonly kind: 'unusable'
  readonly code: ReasonCode
  readonly text: string
  readonly source?: Source
}

/** Lambda's own limit for `timeoutInMillis`, in case a deployment has none. */
const DEFAULT_TIMEOUT_MS = 29_000

/** Mapping one of these makes every call fail with 500. Recorded from AWS. */
const UNMAPPABLE = new Set(
  ['content-length', 'transfer-encoding', 'authorization', 'connection', 'expect', 'proxy-authenticate', 'te'].map(
    (name) => `integration.request.header.${name}`,
  ),
)

export function compileIntegration(method: MethodSnapshot, stage: ApiStage, arnPrefix: string): CompiledIntegration {
  const { integration } = method
  const unusable = (code: ReasonCode, text: string): UnusableIntegration => ({
    kind: 'unusable',
    code,
    text,
    ...(method.source && { source: method.source }),
  })
  if (!integration) return unusable('integrate/missing', `\`${method.httpMethod} ${method.path}\` has no integration`)
  if (integration.type === 'MOCK') {
    const mock = compileMock(integration)
    return typeof mock === 'string' ? unusable('integrate/unsupported', mock) : { kind: 'mock', ...mock }
  }
  if (integration.type !== 'AWS_PROXY')
    return unusable('integrate/unsupported', `integrations of type \`${integration.type}\` are not supported`)
  return compileLambda(integration, method, stage, arnPrefix, (text) => unusable('integrate/not-configured', text))
}

function compileLambda(
  integration: IntegrationSnapshot,
  method: MethodSnapshot,
  { variables, snapshot }: ApiStage,
  arnPrefix: string,
  refuse: (text: string) => UnusableIntegration,
): CompiledIntegration {
  if (integration.httpMethod !== undefined && integration.httpMethod !== 'POST')
    return refuse(`Lambda is invoked with POST, and the integration says \`${integration.httpMethod}\``)
  const reserved = Object.keys(integration.requestParameters).find((name) => UNMAPPABLE.has(name.toLowerCase()))
  if (reserved) return refuse(`\`${reserved}\` cannot be mapped on a Lambda proxy integration`)
  const uri = withStageVariables(integration.uri ?? '', variables)
  const [, functionArn] = /:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(uri) ?? []
  if (!functionArn) return refuse(`the integration's URI \`${uri}\` names no function`)
  return {
    kind: 'lambda',
    functionArn,
    as: integration.credentials
      ? 'account'
      : { service: 'apigateway.amazonaws.com', sourceArn: sourceArn(method, arnPrefix), sourceAccount: snapshot.account },
    timeoutMs: integration.timeoutInMillis || DEFAULT_TIMEOUT_MS,
  }
}

/** What a function's permission is asked about: the resource's path with `*` for each parameter, and `*` for the method `ANY`. */
function sourceArn({ httpMethod, path }: MethodSnapshot, arnPrefix: string): string {
  return `${arnPrefix}${httpMethod === 'ANY' ? '*' : httpMethod}${path.replaceAll(/\{[^}]+\}/g, '*')}`
}

function withStageVariables(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => variables[name] ?? '')
}
