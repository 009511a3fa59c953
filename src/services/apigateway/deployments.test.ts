import { describe, expect, test } from 'vitest'
import { createDeployment, deleteDeployment, describeDeployment, listDeployments, retireDeployment } from './deployments.ts'
import { putGatewayResponse } from './gateway-responses.ts'
import { putIntegration } from './integrations.ts'
import { deleteMethod, putMethod } from './methods.ts'
import { getSnapshot, snapshots } from './releases.ts'
import { createRequestValidator } from './request-validators.ts'
import { createResource } from './resources.ts'
import { createRestApi, deleteRestApi } from './rest-apis.ts'
import { deleteStage, getStage } from './stages.ts'
import { mockApi, policy, scope, world } from './testing/world.ts'
import { updateRestApi } from './update-rest-api.ts'

describe('what cannot be deployed', () => {
  test('a private API without a policy', () => {
    const w = world()
    const { id } = mockApi(w, { endpointConfiguration: { types: ['PRIVATE'] } })
    expect(() => createDeployment(id, {}, scope, w.ports)).toThrow(
      "Private REST API doesn't have a resource policy attached to it",
    )
    updateRestApi(id, [{ op: 'replace', path: '/policy', value: policy('Deny') }], scope, w.ports)
    expect(createDeployment(id, {}, scope, w.ports).id).toMatch(/^[a-z0-9]{6}$/)
  })

  test('an API without methods', () => {
    const { ports } = world()
    const { id } = createRestApi({ name: 'empty' }, scope, ports)
    expect(() => createDeployment(id, {}, scope, ports)).toThrow("The REST API doesn't contain any methods")
  })

  test('a method without an integration', () => {
    const w = world()
    const { id, rootResourceId } = mockApi(w)
    putMethod({ restApiId: id, resourceId: rootResourceId, httpMethod: 'POST' }, {}, scope, w.ports)
    expect(() => createDeployment(id, {}, scope, w.ports)).toThrow('No integration defined for method')
  })

  test('an API that is not there', () => {
    const { ports } = world()
    expect(() => createDeployment('none', {}, scope, ports)).toThrow('Invalid API identifier specified 111122223333:none')
  })
})

describe('a deployment', () => {
  const dev = { stage: { stageName: 'dev' } }

  test.each([
    [{ validateRequestParameters: true }, { parameters: ['method.request.querystring.q'], models: {} }],
    [{ validateRequestBody: true }, { parameters: [], models: { 'application/json': 'Error' } }],
    [{}, undefined],
  ])('says what requests are validated for by a validator with %j', (settings, validation) => {
    const w = world()
    const { id, rootResourceId } = mockApi(w)
    const { id: requestValidatorId } = createRequestValidator(id, settings, scope, w.ports)
    const place = { restApiId: id, resourceId: rootResourceId, httpMethod: 'POST' }
    const asked = {
      requestParameters: { 'method.request.querystring.q': true, 'method.request.header.h': false },
      requestModels: { 'application/json': 'Error', 'text/plain': 'Empty' },
    }
    putMethod(place, { requestValidatorId, ...asked }, scope, w.ports)
    putIntegration(place, { type: 'MOCK' }, scope, w.ports)
    createDeployment(id, dev, scope, w.ports)
    const { methods = [], models } = w.published.get(`${id}/dev`)?.snapshot ?? {}
    expect(methods.find(({ httpMethod }) => httpMethod === 'POST')?.validation).toEqual(validation)
    expect(Object.keys(models ?? {})).toEqual(validation ? ['Empty', 'Error'] : [])
  })

  test('is frozen: nothing that is edited afterwards reaches its stage', () => {
    const w = world()
    const api = mockApi(w, { endpointConfiguration: { types: ['PRIVATE'] }, policy: { written: policy('Allow') } })
    createDeployment(api.id, dev, scope, w.ports)
    const before = JSON.stringify(w.published.get(`${api.id}/dev`))

    updateRestApi(
      api.id,
      [
        { op: 'replace', path: '/policy', value: policy('Deny') },
        { op: 'replace', path: '/name', value: 'other' },
        { op: 'add', path: '/binaryMediaTypes/image~1png' },
        { op: 'add', path: '/endpointConfiguration/vpcEndpointIds', value: 'vpce-1' },
      ],
      scope,
      w.ports,
    )
    putGatewayResponse(api.id, 'DEFAULT_4XX', { statusCode: '418' }, scope, w.ports)
    createResource(api.id, { parentId: api.rootResourceId, pathPart: 'new' }, scope, w.ports)
    deleteMethod({ restApiId: api.id, resourceId: api.rootResourceId, httpMethod: 'GET' }, scope, w.ports)
    expect(JSON.stringify(w.published.get(`${api.id}/dev`))).toBe(before)
  })

  test('lets its stage feel at once that the default endpoint is disabled', () => {
    const w = world()
    const { id } = mockApi(w)
    createDeployment(id, dev, scope, w.ports)
    updateRestApi(id, [{ op: 'replace', path: '/disableExecuteApiEndpoint', value: 'true' }], scope, w.ports)
    expect(w.published.get(`${id}/dev`)?.disableExecuteApiEndpoint).toBe(true)
  })

  test('moves a stage that is there, which keeps what the call does not name', () => {
    const w = world()
    const { id } = mockApi(w)
    createDeployment(id, { stage: { stageName: 'dev', description: 'first', variables: { a: '1' } } }, scope, w.ports)
    const second = createDeployment(id, { stage: { stageName: 'dev', variables: { b: '2' } } }, scope, w.ports)
    expect(getStage(id, 'dev', scope, w.ports)).toMatchObject({
      deploymentId: second.id,
      description: 'first',
      variables: { a: '1', b: '2' },
    })
    expect(w.published.get(`${id}/dev`)?.deploymentId).toBe(second.id)
  })

  test('leaves nothing behind when its stage is refused', () => {
    const w = world()
    const { id } = mockApi(w)
    expect(() => createDeployment(id, { stage: { stageName: 'no spaces' } }, scope, w.ports)).toThrow(
      'Stage name only allows a-zA-Z0-9_',
    )
    expect(listDeployments(id, scope, w.ports)).toEqual([])
    expect(w.ports.records.list(snapshots, scope)).toEqual([])
  })

  test('stays while a stage points to it', () => {
    const w = world()
    const { id } = mockApi(w)
    const deployment = createDeployment(id, dev, scope, w.ports)
    expect(() => deleteDeployment(id, deployment.id, scope, w.ports)).toThrow(
      'Active stages pointing to this deployment must be moved or deleted',
    )
    deleteStage(id, 'dev', scope, w.ports)
    deleteDeployment(id, deployment.id, scope, w.ports)
    expect(() => getSnapshot(id, deployment.id, scope, w.ports)).toThrow()
  })

  test('goes with its API, and so do the stages', () => {
    const w = world()
    const { id } = mockApi(w)
    createDeployment(id, dev, scope, w.ports)
    deleteRestApi(id, scope, w.ports)
    expect([...w.published.keys()]).toEqual([])
    expect(w.ports.records.list(snapshots, scope)).toEqual([])
  })
})

describe('a deployment that a stack retires', () => {
  test('gives its stage back to the deployment that had it before', () => {
    const w = world()
    const { id } = mockApi(w)
    const first = createDeployment(id, { stage: { stageName: 'dev' } }, scope, w.ports)
    const second = createDeployment(id, { stage: { stageName: 'dev' } }, scope, w.ports)
    retireDeployment(id, second.id, 'dev', scope, w.ports)
    expect(w.published.get(`${id}/dev`)?.deploymentId).toBe(first.id)
  })

  test('takes its stage along when there was none before', () => {
    const w = world()
    const { id } = mockApi(w)
    const only = createDeployment(id, { stage: { stageName: 'dev' } }, scope, w.ports)
    retireDeployment(id, only.id, 'dev', scope, w.ports)
    expect([...w.published.keys()]).toEqual([])
  })

  test('leaves a stage alone that has moved on', () => {
    const w = world()
    const { id } = mockApi(w)
    const first = createDeployment(id, { stage: { stageName: 'dev' } }, scope, w.ports)
    const second = createDeployment(id, { stage: { stageName: 'dev' } }, scope, w.ports)
    retireDeployment(id, first.id, 'dev', scope, w.ports)
    expect(w.published.get(`${id}/dev`)?.deploymentId).toBe(second.id)
  })
})

test('times are shown in whole seconds', () => {
  expect(describeDeployment({ id: 'a', createdDate: 1_795_379_016_142 }).createdDate?.getTime()).toBe(1_795_379_016_000)
})
