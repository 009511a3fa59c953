import { describe, expect, it } from 'vitest'
import type { ApiStage } from '#core/gateway/deployment.ts'
import { memoryRecords } from '#kit/testing/memory-records.ts'
import { type RestApi, restApis } from '#services/apigateway/rest-apis.ts'
import { deploymentDrift } from './deployment-drift.ts'

const scope = { account: '123456789012', region: 'eu-west-3' }
const admit = (endpoint: string) => ({
  Statement: [{ Effect: 'Allow', Condition: { StringEquals: { 'aws:SourceVpce': endpoint } } }],
})

/** As much of a stage and of an API as access depends on. */
const stage = {
  apiId: 'api1',
  stageName: 'live',
  deploymentId: 'dep1',
  snapshot: { ...scope, endpointType: 'PRIVATE', vpcEndpointIds: ['vpce-1', 'vpce-2'], policy: { document: admit('vpce-1') } },
} as unknown as ApiStage
const api = (live: object) =>
  ({
    endpoint: { type: 'PRIVATE', vpcEndpointIds: ['vpce-2', 'vpce-1'] },
    policy: { document: admit('vpce-1') },
    ...live,
  }) as unknown as RestApi

describe('what was changed after a deployment', () => {
  it.each([
    ['nothing, in another order', {}, undefined],
    ['its policy', { policy: { document: admit('vpce-9') } }, '(resource policy)'],
    ['its policy is gone', { policy: undefined }, '(resource policy)'],
    ['its endpoints', { endpoint: { type: 'PRIVATE', vpcEndpointIds: ['vpce-1'] } }, '(associated endpoints)'],
    [
      'all of it',
      { endpoint: { type: 'REGIONAL', vpcEndpointIds: [] }, policy: undefined },
      '(endpoint type, associated endpoints, resource policy)',
    ],
  ])('%s', (_what, live, said) => {
    const records = memoryRecords()
    records.put(restApis, scope, 'api1', api(live))
    const drift = deploymentDrift(records)(stage)
    if (said === undefined) return expect(drift).toBeUndefined()
    expect(drift).toContain(said)
    expect(drift).toContain('aws apigateway create-deployment --rest-api-id api1 --stage-name live')
  })

  it('an API that is gone has none', () => {
    expect(deploymentDrift(memoryRecords())(stage)).toBeUndefined()
  })
})
