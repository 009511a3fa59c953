import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CustomDomain } from '#core/gateway/custom-domain.ts'
import { apiStage, entranceTo, lambdaMethod } from '#core/gateway/testing/api-stage.ts'
import { naivelyEvaluate } from '#core/policy/testing/naive-evaluator.ts'
import type { FunctionAnswer } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { createGateway } from './gateway.ts'

// Small worlds in which everything that can be in the way is there now and then.
const OURS = 'vpce-0aaaaaaaaaaaaaaaa'
const THEIRS = 'vpce-0bbbbbbbbbbbbbbbb'
const ARN = 'arn:aws:execute-api:eu-central-1:210987654321:abcdef1234'
const endpointId = fc.constantFrom(OURS, THEIRS)
const condition = fc.option(
  fc
    .tuple(fc.constantFrom('StringEquals', 'StringNotEquals', 'StringEqualsIfExists'), endpointId)
    .map(([operator, value]) => ({ [operator]: { 'aws:SourceVpce': value } })),
  { nil: undefined },
)
const statement = fc
  .tuple(
    fc.constantFrom('Allow', 'Allow', 'Deny'),
    fc.constantFrom('*', '*', `${ARN}/*`, `${ARN}/dev/GET/a`, `${ARN}/dev/*/b`),
    condition,
  )
  .map(([Effect, Resource, Condition]) => ({
    Effect,
    Principal: '*',
    Action: 'execute-api:Invoke',
    Resource,
    ...(Condition && { Condition }),
  }))
const policy = fc.record({ Version: fc.constant('2012-10-17'), Statement: fc.array(statement, { minLength: 1, maxLength: 3 }) })
const DOMAIN_ARN = 'arn:aws:execute-api:eu-central-1:210987654321:/domainnames/private.example.com+abcd1234'
const domainPolicy = fc
  .array(fc.tuple(fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'), fc.constantFrom(DOMAIN_ARN, DOMAIN_ARN, `${ARN}/*`)), {
    minLength: 1,
    maxLength: 2,
  })
  .map((statements) => ({
    Version: '2012-10-17',
    Statement: statements.map(([Effect, Resource]) => ({ Effect, Principal: '*', Action: 'execute-api:Invoke', Resource })),
  }))
const HOSTS = {
  own: 'abcdef1234.execute-api.eu-central-1.amazonaws.com',
  private: 'private.example.com',
  public: 'api.example.com',
}

/** A private name, to which our endpoint leads, and a public one; both have the stage below `/shop`. */
function domainsWith(document: unknown): readonly CustomDomain[] {
  const shared = {
    account: '210987654321',
    region: 'eu-central-1',
    mappings: [{ basePath: 'shop', apiId: 'abcdef1234', stageName: 'dev' }],
  }
  const endpoints = [{ endpointId: OURS, account: shared.account }]
  const access = { invokeArn: DOMAIN_ARN, endpoints, ...(document !== undefined && { policy: { document, sources: {} } }) }
  return [
    { ...shared, arn: 'private', name: HOSTS.private, endpointType: 'PRIVATE', access },
    { ...shared, arn: 'public', name: HOSTS.public, endpointType: 'REGIONAL' },
  ]
}

/**
 * Through which door, to an API of which type, and by which name: its own, a private custom domain name that our endpoint leads to, or a
 * public one. Ways that lead in are drawn more often than chance would.
 */
const way = fc.oneof(
  fc.record({
    name: fc.constantFrom('own', 'private', 'public'),
    through: fc.constantFrom(OURS, THEIRS, undefined),
    endpointType: fc.constantFrom('PRIVATE', 'REGIONAL'),
  }),
  fc.constantFrom(
    { name: 'own', through: OURS, endpointType: 'PRIVATE' } as const,
    { name: 'own', through: undefined, endpointType: 'REGIONAL' } as const,
    { name: 'private', through: OURS, endpointType: 'PRIVATE' } as const,
    { name: 'private', through: OURS, endpointType: 'PRIVATE' } as const,
    { name: 'public', through: undefined, endpointType: 'REGIONAL' } as const,
  ),
)
const world = fc.record({
  resourcePolicy: policy,
  endpointPolicy: fc.option(policy, { nil: undefined }),
  authorizationType: fc.constantFrom(...Array<string>(8).fill('NONE'), 'AWS_IAM', 'CUSTOM'),
  apiKeyRequired: fc.constantFrom(...Array<boolean>(8).fill(false), true),
  way,
  domainPolicy: fc.option(domainPolicy, { nil: undefined }),
  path: fc.constantFrom('/dev/a', '/dev/a', '/dev/b', '/dev/b', '/dev/b/', '//dev//a', '/dev/c', '/prod/a'),
})

it('no request reaches a function but through every gate, and each that passes them all does', async () => {
  let calls = 0
  const answered: FunctionAnswer = {
    kind: 'answered',
    requestId: 'r',
    payload: Buffer.from('{"statusCode":200}'),
    executedVersion: '1',
  }
  const functions = {
    invoke: async () => {
      calls += 1
      return answered
    },
  }
  const seen = { in: 0, out: 0 }
  const entered = { own: 0, private: 0, public: 0 }
  await fc.assert(
    fc.asyncProperty(
      world,
      async ({ resourcePolicy, endpointPolicy, domainPolicy, way, authorizationType, apiKeyRequired, path }) => {
        const { name, through, endpointType } = way
        const gateway = createGateway(fakePorts({ functions }))
        const methods = ['/a', '/b'].map((at) => lambdaMethod('GET', at, { authorizationType, apiKeyRequired }))
        gateway.publishStage(apiStage({ snapshot: { endpointType, methods, policy: { document: resourcePolicy, sources: {} } } }))
        for (const id of [OURS, THEIRS])
          gateway.putEntrance(
            entranceTo({ endpointId: id, ...(endpointPolicy && { policy: { document: endpointPolicy, sources: {} } }) }),
          )
        for (const domain of domainsWith(domainPolicy)) gateway.publishDomain(domain)
        const rawHeaders = ['Host', HOSTS[name]]
        const request = {
          method: 'GET',
          target: name === 'own' ? path : path.replace('dev', 'shop'),
          rawHeaders,
          body: new Uint8Array(),
          bodyTooLarge: false,
          clientAddress: '10.0.0.1',
          protocol: 'HTTP/1.1',
        }
        calls = 0
        const { status } = await gateway.handle(request, through)

        const route = path.replaceAll(/\/+/g, '/').replace(/\/$/, '')
        const keys = { ...(through !== undefined && { 'aws:sourcevpce': through }) }
        const asked = {
          principal: 'anonymous' as const,
          action: 'execute-api:Invoke',
          resource: `${ARN}/dev/GET/${route.slice('/dev/'.length)}`,
          keys,
        }
        const led = {
          own: true,
          public: through === undefined,
          private:
            through === OURS &&
            domainPolicy !== undefined &&
            [domainPolicy, endpointPolicy].every(
              (one) => !one || naivelyEvaluate(one, { ...asked, resource: DOMAIN_ARN }) === 'Allow',
            ),
        }
        const open =
          led[name] &&
          (endpointType === 'PRIVATE') === (through !== undefined) &&
          ['/dev/a', '/dev/b'].includes(route) &&
          (through === undefined || !endpointPolicy || naivelyEvaluate(endpointPolicy, asked) === 'Allow') &&
          naivelyEvaluate(resourcePolicy, asked) === 'Allow' &&
          authorizationType === 'NONE' &&
          !apiKeyRequired
        seen[open ? 'in' : 'out'] += 1
        if (open) entered[name] += 1
        expect({ calls, in: status === 200 }).toEqual({ calls: open ? 1 : 0, in: open })
        expect(gateway.traces.last()?.outcome).toBe(open ? 'pass' : 'deny')
      },
    ),
    { numRuns: 3_000, seed: 11 },
  )
  expect(Math.min(seen.in, seen.out)).toBeGreaterThan(100)
  expect(Math.min(...Object.values(entered))).toBeGreaterThan(20)
})
