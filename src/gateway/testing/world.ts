import { gzipSync } from 'node:zlib'
import type { CustomDomain } from '#core/gateway/custom-domain.ts'
import type { ApiStage, RestApiSnapshot } from '#core/gateway/deployment.ts'
import type { Entrance } from '#core/gateway/entrance.ts'
import type { GatewayRequest } from '#core/gateway/request.ts'
import { apiStage, entranceTo, lambdaIntegration, methodAt } from '#core/gateway/testing/api-stage.ts'
import type { FunctionAnswer, FunctionCall, Functions } from '#kit/ports.ts'
import { fakeClock } from '#kit/testing/fake-clock.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { createGateway } from '../gateway.ts'

/** A case's world in few words; what is left out is ordinary. */
export interface Given {
  /** What the live API has that its deployment does not. */
  readonly drift?: string
  readonly api?: Partial<RestApiSnapshot>
  /** A resource policy in place of the one that admits everybody; `null` for none. */
  readonly policy?: unknown
  readonly stage?: Partial<Omit<ApiStage, 'snapshot'>>
  /** Methods in place of `GET /entities` and `GET /entities/{id}`. */
  readonly methods?: readonly (Record<string, unknown> & { readonly httpMethod: string; readonly path: string })[]
  readonly entrances?: readonly Partial<Entrance>[]
  /** Custom domain names; `api.example.com` without mappings where nothing else is said. */
  readonly domains?: readonly Partial<CustomDomain>[]
  /** What the function answers: the payload, or how else the call ends. */
  readonly function?: {
    readonly payload?: unknown
    readonly text?: string
    readonly functionError?: string
    readonly refused?: { readonly code: string; readonly message: string; readonly status: number }
    readonly never?: boolean
    readonly throws?: string
  }
  readonly request: {
    readonly method?: string
    readonly target?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string
    /** Sends the body packed. */
    readonly gzip?: boolean
    readonly bodyTooLarge?: boolean
    readonly clientAddress?: string
    /** The endpoint it comes through; `public` for none. By default `vpce-0aaaaaaaaaaaaaaaa`. */
    readonly through?: string
    /** So many letters: in a header `x-filler`, as query string, as body or behind the path. */
    readonly fill?: { readonly where: 'header' | 'query' | 'body' | 'path'; readonly times: number }
  }
}

const DOMAIN: CustomDomain = {
  arn: 'arn:aws:apigateway:eu-central-1::/domainnames/api.example.com',
  name: 'api.example.com',
  account: '210987654321',
  region: 'eu-central-1',
  endpointType: 'REGIONAL',
  mappings: [],
}

const HOST = 'abcdef1234.execute-api.eu-central-1.amazonaws.com'

/** Runs one request in a world of its own; tells the answer, the trace, the calls to the function and what was logged. */
export async function play(given: Given) {
  const clock = fakeClock(Date.UTC(2026, 0, 2, 3, 4, 5))
  const calls: FunctionCall[] = []
  const functions = functionsFrom(given.function ?? {}, calls)
  const faults: unknown[] = []
  const ports = fakePorts({ functions, clock })
  const gateway = createGateway(ports, { onFault: (error) => faults.push(error), drift: () => given.drift })
  gateway.publishStage(stageFrom(given))
  for (const entrance of given.entrances ?? [{}]) gateway.putEntrance(entranceTo(entrance))
  for (const domain of given.domains ?? []) gateway.publishDomain({ ...DOMAIN, ...domain })
  const through = given.request.through ?? 'vpce-0aaaaaaaaaaaaaaaa'
  const answering = gateway.handle(requestFrom(given.request), through === 'public' ? undefined : through)
  if (given.function?.never) {
    await new Promise((resolve) => setImmediate(resolve))
    clock.advance(29_000)
  }
  const answer = await answering
  const headers: Record<string, string> = {}
  for (let index = 0; index < answer.rawHeaders.length; index += 2) {
    const name = answer.rawHeaders[index] ?? ''
    const value = answer.rawHeaders[index + 1] ?? ''
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value
  }
  const trace = gateway.traces.last()
  if (!trace) throw new Error('the gateway kept no trace')
  const read = (group: string) =>
    ports.logs.read({ account: '210987654321', region: 'eu-central-1' }, group).map(({ message }) => message)
  return { status: answer.status, headers, body: Buffer.from(answer.body).toString('utf8'), trace, calls, faults, read, gateway }
}

function stageFrom({ api, policy, stage, methods }: Given): ApiStage {
  const base = apiStage({ ...stage, ...(api && { snapshot: api }) })
  const { policy: admitsAll, ...snapshot } = base.snapshot
  const chosen = policy === undefined ? admitsAll : policy === null ? undefined : { document: policy, sources: {} }
  return {
    ...base,
    snapshot: {
      ...snapshot,
      ...(chosen && { policy: chosen }),
      ...(methods && {
        methods: methods.map(({ httpMethod, path, integration, ...more }) =>
          methodAt(httpMethod, path, {
            ...more,
            ...(integration !== null && { integration: lambdaIntegration(integration as object | undefined) }),
          }),
        ),
      }),
    },
  }
}

function requestFrom({
  method,
  target,
  headers = {},
  body,
  gzip,
  bodyTooLarge,
  clientAddress,
  fill,
}: Given['request']): GatewayRequest {
  const filling = 'x'.repeat(fill?.times ?? 0)
  const content = Buffer.from(fill?.where === 'body' ? filling : (body ?? ''))
  const sent = { Host: HOST, ...headers, ...(fill?.where === 'header' && { 'x-filler': filling }) }
  const base = target ?? '/dev/entities'
  return {
    method: method ?? 'GET',
    target: fill?.where === 'query' ? `${base}?${filling}` : fill?.where === 'path' ? `${base}/${filling}` : base,
    rawHeaders: Object.entries(sent).flat(),
    body: gzip ? gzipSync(content) : content,
    bodyTooLarge: bodyTooLarge ?? false,
    clientAddress: clientAddress ?? '10.0.1.57',
    protocol: 'HTTP/1.1',
  }
}

function functionsFrom(answer: NonNullable<Given['function']>, calls: FunctionCall[]): Functions {
  return {
    async invoke(call): Promise<FunctionAnswer> {
      calls.push(call)
      if (answer.throws) throw new Error(answer.throws)
      if (answer.never) return new Promise(() => {})
      if (answer.refused)
        return { kind: 'refused', because: { code: 'test/refused', text: 'the test says so' }, error: answer.refused }
      const text = answer.text ?? JSON.stringify(answer.payload ?? { statusCode: 200, body: 'hello' })
      return {
        kind: 'answered',
        requestId: '11111111-2222-3333-4444-555555555555',
        payload: Buffer.from(text),
        executedVersion: '$LATEST',
        ...(answer.functionError && { functionError: answer.functionError }),
      }
    },
  }
}
