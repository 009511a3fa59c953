import fc from 'fast-check'
import { expect, it } from 'vitest'
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
const world = fc.record({
  resourcePolicy: policy,
  endpointPolicy: fc.option(policy, { nil: undefined }),
  through: fc.constantFrom(OURS, OURS, OURS, THEIRS, THEIRS, undefined),
  endpointType: fc.constantFrom(...Array<'PRIVATE'>(5).fill('PRIVATE'), 'REGIONAL' as const),
  authorizationType: fc.constantFrom(...Array<string>(8).fill('NONE'), 'AWS_IAM', 'CUSTOM'),
  apiKeyRequired: fc.constantFrom(...Array<boolean>(8).fill(false), true),
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
  await fc.assert(
    fc.asyncProperty(
      world,
      async ({ resourcePolicy, endpointPolicy, through, endpointType, authorizationType, apiKeyRequired, path }) => {
        const gateway = createGateway(fakePorts({ functions }))
        const methods = ['/a', '/b'].map((at) => lambdaMethod('GET', at, { authorizationType, apiKeyRequired }))
        gateway.publishStage(apiStage({ snapshot: { endpointType, methods, policy: { document: resourcePolicy, sources: {} } } }))
        for (const id of [OURS, THEIRS])
          gateway.putEntrance(
            entranceTo({ endpointId: id, ...(endpointPolicy && { policy: { document: endpointPolicy, sources: {} } }) }),
          )
        const rawHeaders = ['Host', 'abcdef1234.execute-api.eu-central-1.amazonaws.com']
        const request = {
          method: 'GET',
          target: path,
          rawHeaders,
          body: new Uint8Array(),
          bodyTooLarge: false,
          clientAddress: '10.0.0.1',
          protocol: 'HTTP/1.1',
        }
        calls = 0
        const { status } = await gateway.handle(request, through)

        const route = path.replaceAll(/\/+/g, '/').replace(/\/$/, '')
        const asked = {
          principal: 'anonymous' as const,
          action: 'execute-api:Invoke',
          resource: `${ARN}/dev/GET/${route.slice('/dev/'.length)}`,
          keys: through === undefined ? {} : { 'aws:sourcevpce': through },
        }
        const open =
          (endpointType === 'PRIVATE') === (through !== undefined) &&
          ['/dev/a', '/dev/b'].includes(route) &&
          (through === undefined || !endpointPolicy || naivelyEvaluate(endpointPolicy, asked) === 'Allow') &&
          naivelyEvaluate(resourcePolicy, asked) === 'Allow' &&
          authorizationType === 'NONE' &&
          !apiKeyRequired
        seen[open ? 'in' : 'out'] += 1
        expect({ calls, in: status === 200 }).toEqual({ calls: open ? 1 : 0, in: open })
        expect(gateway.traces.last()?.outcome).toBe(open ? 'pass' : 'deny')
      },
    ),
    { numRuns: 2_000, seed: 11 },
  )
  expect(Math.min(seen.in, seen.out)).toBeGreaterThan(100)
})
