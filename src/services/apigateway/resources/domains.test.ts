import { expect, test } from 'vitest'
import type { AnyResourceType } from '#kit/resource.ts'
import { createDeployment } from '../deployments.ts'
import { getMapping } from '../domains/base-path-mappings.ts'
import { getDomainName } from '../domains/domain-names.ts'
import { createStage } from '../stages.ts'
import { mockApi, requestFrom, scope, type World, world } from '../testing/world.ts'
import basePathMapping from './base-path-mapping.ts'
import basePathMappingV2 from './base-path-mapping-v2.ts'
import domainName from './domain-name.ts'
import association from './domain-name-access-association.ts'
import domainNameV2 from './domain-name-v2.ts'

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

test('a private domain name, its mapping and its association are known by their ARNs, and the policy keeps its lines', async () => {
  const w = world()
  const properties = `DomainName: private.example.com
CertificateArn: ${CERTIFICATE}
EndpointConfiguration: { Types: [PRIVATE] }
Policy:
  Statement:
    - Effect: Allow
      Principal: '*'
      Action: execute-api:Invoke
      Resource: execute-api:/*
`
  const made = await create(w, domainNameV2, 'Domain', properties)
  const id = made.attributes['DomainNameId']
  expect(made.ref).toBe(`arn:aws:apigateway:eu-central-1:111122223333:/domainnames/private.example.com+${id}`)
  expect(made.attributes['DomainNameArn']).toBe(made.ref)
  const served = () => w.domains.get(made.ref)
  const policy = served()?.access?.policy
  expect(policy?.stack).toBe('pets')
  expect(JSON.stringify(policy?.document)).toContain(`"Resource":"${made.ref.replace('apigateway', 'execute-api')}"`)
  expect(policy?.sources['/Statement/0']).toMatchObject({ file: 'template.yaml', line: 6 })
  await made.update(properties.replace('Allow', 'Deny'))
  expect(JSON.stringify(served()?.access?.policy?.document)).toContain('"Effect":"Deny"')

  const api = mockApi(w, { endpointConfiguration: { types: ['PRIVATE'] } })
  const mapping = await create(w, basePathMappingV2, 'Mapping', `DomainNameArn: ${made.ref}\nBasePath: v1\nRestApiId: ${api.id}`)
  expect(mapping).toMatchObject({ ref: `${made.ref}/basepathmappings/v1`, attributes: { BasePathMappingArn: mapping.ref } })
  expect(served()?.mappings).toEqual([{ basePath: 'v1', apiId: api.id }])

  const source = 'AccessAssociationSource: vpce-0aaaaaaaaaaaaaaaa\nAccessAssociationSourceType: VPCE'
  const link = await create(w, association, 'Link', `DomainNameArn: ${made.ref}\n${source}`)
  expect(link.ref).toMatch(
    /\/domainnameaccessassociations\/domainname\/private\.example\.com\+\w+\/vpcesource\/vpce-0aaaaaaaaaaaaaaaa$/,
  )
  expect(served()?.access?.endpoints).toHaveLength(1)
  for (const one of [link, mapping, made, made]) await one.remove()
  expect(w.domains.size).toBe(0)
})
