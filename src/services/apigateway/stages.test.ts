import { describe, expect, test } from 'vitest'
import { createDeployment, getDeployment } from './deployments.ts'
import { getModel } from './models.ts'
import { republish } from './republish.ts'
import { getResource } from './resources.ts'
import { getRestApi } from './rest-apis.ts'
import { methodSettingsFrom } from './stage-properties.ts'
import { createStage, deleteStage, getStage, listStages } from './stages.ts'
import { mockApi, scope, type World, world } from './testing/world.ts'
import { updateStage } from './update-stage.ts'

function deployed(w: World) {
  const api = mockApi(w)
  const { id: deploymentId } = createDeployment(api.id, {}, scope, w.ports)
  return { apiId: api.id, deploymentId }
}

describe('stages', () => {
  test('answer from when they are made until they are deleted', () => {
    const w = world()
    const { apiId, deploymentId } = deployed(w)
    createStage(apiId, { stageName: 'dev', deploymentId, variables: { a: '1' } }, scope, w.ports)
    expect(w.published.get(`${apiId}/dev`)).toMatchObject({ deploymentId, variables: { a: '1' } })
    deleteStage(apiId, 'dev', scope, w.ports)
    expect(w.published.size).toBe(0)
  })

  test('are ten at most', () => {
    const w = world()
    const { apiId, deploymentId } = deployed(w)
    for (let number = 0; number < 10; number += 1) createStage(apiId, { stageName: `s${number}`, deploymentId }, scope, w.ports)
    expect(() => createStage(apiId, { stageName: 'more', deploymentId }, scope, w.ports)).toThrow()
    expect(listStages(apiId, undefined, scope, w.ports)).toHaveLength(10)
  })

  test('have names of their own, and a deployment that exists', () => {
    const w = world()
    const { apiId, deploymentId } = deployed(w)
    createStage(apiId, { stageName: 'dev', deploymentId }, scope, w.ports)
    expect(() => createStage(apiId, { stageName: 'dev', deploymentId }, scope, w.ports)).toThrow(
      expect.objectContaining({ code: 'ConflictException', message: 'Stage already exists' }),
    )
    expect(() => createStage(apiId, { stageName: 'other', deploymentId: 'none' }, scope, w.ports)).toThrow(
      'Deployment id does not exist',
    )
  })

  test('feel a change of their settings at once', () => {
    const w = world()
    const { apiId, deploymentId } = deployed(w)
    createStage(apiId, { stageName: 'dev', deploymentId }, scope, w.ports)
    updateStage(
      apiId,
      'dev',
      [
        { op: 'replace', path: '/*/*/logging/loglevel', value: 'INFO' },
        { op: 'replace', path: '/~1pets~1{id}/GET/logging/loglevel', value: 'ERROR' },
        {
          op: 'replace',
          path: '/accessLogSettings/destinationArn',
          value: 'arn:aws:logs:eu-central-1:111122223333:log-group:g:*',
        },
        { op: 'replace', path: '/accessLogSettings/format', value: '$context.requestId' },
        { op: 'replace', path: '/variables/a', value: '1' },
      ],
      scope,
      w.ports,
    )
    expect(w.published.get(`${apiId}/dev`)).toMatchObject({
      variables: { a: '1' },
      methodSettings: { '*': { loggingLevel: 'INFO' }, '/pets/{id}/GET': { loggingLevel: 'ERROR' } },
      accessLog: { destinationArn: 'arn:aws:logs:eu-central-1:111122223333:log-group:g', format: '$context.requestId' },
    })
    updateStage(apiId, 'dev', [{ op: 'remove', path: '/variables/a' }], scope, w.ports)
    expect(w.published.get(`${apiId}/dev`)?.variables).toEqual({})
  })

  test.each(['/canarySettings/percentTraffic', '/cacheClusterSize', '/clientCertificateId'])(
    '%s is refused: nothing serves it',
    (path) => {
      const w = world()
      const { apiId, deploymentId } = deployed(w)
      createStage(apiId, { stageName: 'dev', deploymentId }, scope, w.ports)
      expect(() => updateStage(apiId, 'dev', [{ op: 'replace', path, value: '1' }], scope, w.ports)).toThrow(
        expect.objectContaining({ status: 501 }),
      )
    },
  )

  test('all answer again after a start, in every account and region', () => {
    const w = world()
    const { apiId, deploymentId } = deployed(w)
    createStage(apiId, { stageName: 'dev', deploymentId }, scope, w.ports)
    const elsewhere = { account: '444455556666', region: 'us-east-1' }
    const before = new Map(w.published)
    const again = world({ records: w.ports.records })
    republish(again.ports)
    expect(again.published).toEqual(before)
    expect(() => listStages(apiId, undefined, elsewhere, w.ports)).toThrow('Invalid API identifier specified 444455556666')
  })
})

test.each([
  ['/*', '*', '*/*'],
  ['/~1pets~1{id}', 'GET', '~1pets~1{id}/GET'],
  ['/pets/{id}', 'GET', '~1pets~1{id}/GET'],
  ['/', 'GET', '~1/GET'],
  ['*', 'POST', '*/POST'],
])('the template path %s %s is the setting %s', (ResourcePath, HttpMethod, key) => {
  expect(Object.keys(methodSettingsFrom([{ ResourcePath, HttpMethod, LoggingLevel: 'INFO' }]))).toEqual([key])
})

test.each(['constructor', '__proto__', 'toString'])('`%s` is a name like any other, and nothing is called so yet', (name) => {
  const w = world()
  const { apiId, deploymentId } = deployed(w)
  const notFound = expect.objectContaining({ code: 'NotFoundException' })
  expect(() => getStage(apiId, name, scope, w.ports)).toThrow(notFound)
  expect(() => getDeployment(apiId, name, scope, w.ports)).toThrow(notFound)
  expect(() => getResource(apiId, name, scope, w.ports)).toThrow(notFound)
  expect(() => getModel(apiId, name, scope, w.ports)).toThrow(notFound)
  expect(() => getRestApi(name, scope, w.ports)).toThrow(notFound)
  expect(() => createStage(apiId, { stageName: 'dev', deploymentId: name }, scope, w.ports)).toThrow(
    'Deployment id does not exist',
  )
  expect(createStage(apiId, { stageName: name, deploymentId }, scope, w.ports).stageName).toBe(name)
})
