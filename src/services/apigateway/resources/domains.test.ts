import { expect, test } from 'vitest'
import type { AnyResourceType } from '#kit/resource.ts'
import { createDeployment } from '../deployments.ts'
import { getMapping } from '../domains/base-path-mappings.ts'
import { getDomainName } from '../domains/domain-names.ts'
import { createStage } from '../stages.ts'
import { mockApi, requestFrom, scope, type World, world } from '../testing/world.ts'
import basePathMapping from './base-path-mapping.ts'
import domainName from './domain-name.ts'

async function create(w: World, type: unknown, logicalId: string, properties: string) {
  const handler = type as AnyResourceType
  const request = requestFrom<Record<string, unknown>>(logicalId, properties)
  const state = await handler.create(request, w.ports)
  return {
    ...state,
    update: (changed: string) =>
      handler.update?.(requestFrom(logicalId, changed), { ...state, properties: request.properties }, w.ports),
    remove: () => handler.delete({ ...request, ...state }, w.ports),
  }
}

const CERTIFICATE = 'arn:aws:acm:eu-central-1:111122223333:certificate/one'
const domain = (more = '') => `DomainName: api.example.com
RegionalCertificateArn: ${CERTIFICATE}
EndpointConfiguration: { Types: [REGIONAL] }
${more}`

test('a domain name shows where to point records to, keeps that on updates, and has the tags of the stack', async () => {
  const w = world()
  const made = await create(w, domainName, 'Domain', domain())
  expect(made).toMatchObject({
    ref: 'api.example.com',
    attributes: {
      DomainNameArn: 'arn:aws:apigateway:eu-central-1::/domainnames/api.example.com',
      RegionalDomainName: expect.stringMatching(/^d-/),
      RegionalHostedZoneId: 'Z1U9ULNL0V5AJ3',
    },
  })
  expect(await made.update(domain('SecurityPolicy: TLS_1_0'))).toEqual({ ref: made.ref, attributes: made.attributes })
  expect(getDomainName('api.example.com', scope, w.ports)).toMatchObject({
    securityPolicy: 'TLS_1_0',
    tags: { team: 'zoo', 'aws:cloudformation:logical-id': 'Domain' },
  })
  expect(() => made.update(domain().replace('REGIONAL', 'EDGE'))).toThrow('a change of the endpoint type of a domain name')
  await made.remove()
  await made.remove()
  expect(w.domains.size).toBe(0)
})

test('an edge-optimized domain name shows its distribution', async () => {
  const properties = 'DomainName: api.example.com\nCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/one'
  const { attributes } = await create(world(), domainName, 'Domain', properties)
  expect(attributes).toMatchObject({
    DistributionDomainName: expect.stringMatching(/\.cloudfront\.net$/),
    DistributionHostedZoneId: 'Z2FDTNDATAQYW2',
  })
})

test('a base path mapping is known by domain name and base path, and gone after its deletion', async () => {
  const w = world()
  await create(w, domainName, 'Domain', domain())
  const { id } = mockApi(w)
  const { id: deploymentId } = createDeployment(id, {}, scope, w.ports)
  createStage(id, { stageName: 'dev', deploymentId }, scope, w.ports)
  const mapping = (more: string) => `DomainName: api.example.com\nBasePath: shop\n${more}`
  const made = await create(w, basePathMapping, 'Mapping', mapping(`RestApiId: ${id}`))
  expect(made.ref).toBe('api.example.com|shop')
  expect(await made.update(mapping(`RestApiId: ${id}\nStage: dev`))).toMatchObject({ ref: made.ref })
  expect(getMapping('api.example.com', 'shop', scope, w.ports)).toEqual({ basePath: 'shop', restApiId: id, stage: 'dev' })
  await expect(create(w, basePathMapping, 'Other', mapping('Stage: dev'))).rejects.toThrow(
    'Invalid REST API identifier specified',
  )
  await made.remove()
  await made.remove()
  expect(w.domains.get('arn:aws:apigateway:eu-central-1::/domainnames/api.example.com')?.mappings).toEqual([])
})
