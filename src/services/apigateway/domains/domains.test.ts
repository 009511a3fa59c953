import { describe, expect, test } from 'vitest'
import { createDeployment } from '../deployments.ts'
import { readFrontEnds } from '../read-front-ends.ts'
import { republish } from '../republish.ts'
import { deleteRestApi } from '../rest-apis.ts'
import { createStage, deleteStage } from '../stages.ts'
import { tag, tagsOf, untag } from '../tags.ts'
import { mockApi, policy, scope, type World, world } from '../testing/world.ts'
import { createMapping, deleteMapping, getMapping, listMappings, updateMapping } from './base-path-mappings.ts'
import { createDomainName, deleteDomainName, describeDomainName, getDomainName } from './domain-names.ts'
import { updateDomainName } from './update-domain-name.ts'
import type { WantedDomain } from './wanted-domain.ts'

const certificate = (region: string, id = 'one') => `arn:aws:acm:${region}:111122223333:certificate/${id}`
const REGIONAL = {
  domainName: 'api.example.com',
  regionalCertificateArn: certificate('eu-central-1'),
  endpointConfiguration: { types: ['REGIONAL'] },
}
const EDGE = { domainName: 'edge.example.com', certificateArn: certificate('us-east-1') }
const ARN = 'arn:aws:apigateway:eu-central-1::/domainnames/api.example.com'

const create = (w: World, wanted: Partial<WantedDomain> = {}, at = scope) =>
  createDomainName({ ...REGIONAL, ...wanted }, at, w.ports)

function deployed(w: World) {
  const { id } = mockApi(w)
  const { id: deploymentId } = createDeployment(id, {}, scope, w.ports)
  createStage(id, { stageName: 'dev', deploymentId }, scope, w.ports)
  return id
}

describe('domain names', () => {
  test('of a region have a front end and a zone there', () => {
    expect(describeDomainName(create(world()), scope)).toMatchObject({
      domainName: 'api.example.com',
      domainNameArn: ARN,
      regionalDomainName: expect.stringMatching(/^d-[a-z0-9]{10}\.execute-api\.eu-central-1\.amazonaws\.com$/),
      regionalHostedZoneId: 'Z1U9ULNL0V5AJ3',
      regionalCertificateArn: certificate('eu-central-1'),
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
      domainNameStatus: 'AVAILABLE',
      securityPolicy: 'TLS_1_2',
    })
  })

  test('are edge-optimized where nothing else is said, with a front end at CloudFront', () => {
    const shown = describeDomainName(createDomainName(EDGE, scope, world().ports), scope)
    expect(shown).toMatchObject({
      distributionDomainName: expect.stringMatching(/^d[a-z0-9]{13}\.cloudfront\.net$/),
      distributionHostedZoneId: 'Z2FDTNDATAQYW2',
      certificateArn: certificate('us-east-1'),
      endpointConfiguration: { types: ['EDGE'] },
    })
    expect(shown).not.toHaveProperty('regionalDomainName')
  })

  test.each([
    [
      'a certificate of another region',
      { regionalCertificateArn: certificate('eu-west-1') },
      `Invalid certificate ARN: ${certificate('eu-west-1')}. Certificate must be in 'eu-central-1'.`,
    ],
    ['no certificate', { regionalCertificateArn: undefined }, 'A certificate ARN must be specified for endpoint type REGIONAL'],
    [
      'what is no certificate',
      { regionalCertificateArn: 'arn:aws:iam::111122223333:role/x' },
      'Invalid certificate ARN: arn:aws:iam::111122223333:role/x',
    ],
    [
      'an edge certificate that is not of Virginia',
      { ...EDGE, certificateArn: certificate('eu-central-1'), endpointConfiguration: undefined },
      `Invalid certificate ARN: ${certificate('eu-central-1')}. Certificate must be in 'us-east-1'.`,
    ],
    [
      'two types',
      { endpointConfiguration: { types: ['REGIONAL', 'EDGE'] } },
      'a domain name with several endpoint types is not supported by postern yet',
    ],
    [
      'a policy, where they are public',
      { policy: { written: policy('Allow') } },
      'Policies are only supported for private custom domain names',
    ],
    [
      'addresses of another kind',
      { endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv6' } },
      'ipAddressType must be either ipv4 or dualstack.',
    ],
    [
      'the name of a service',
      { domainName: 'sqs.eu-central-1.amazonaws.com' },
      'Invalid domain name specified: sqs.eu-central-1.amazonaws.com',
    ],
    ['an address', { domainName: '127.0.0.1' }, 'Invalid domain name specified: 127.0.0.1'],
    ['a name without a dot', { domainName: 'localhost' }, 'Invalid domain name specified: localhost'],
    ['a name of this machine', { domainName: 'api.localhost' }, 'Invalid domain name specified: api.localhost'],
    ['a wildcard inside', { domainName: 'a.*.example.com' }, 'Invalid domain name specified: a.*.example.com'],
  ])('with %s are refused', (_, wanted, message) => {
    const w = world()
    expect(() => create(w, wanted as Partial<WantedDomain>)).toThrow(message)
    expect(w.domains.size).toBe(0)
  })

  test('are in one account only, and regional ones in as many of its regions as it likes', () => {
    const w = world()
    create(w)
    const taken = expect.objectContaining({
      code: 'BadRequestException',
      message: 'The domain name you provided already exists.',
    })
    expect(() => create(w, { domainName: 'API.example.com' })).toThrow(taken)
    expect(() => create(w, {}, { ...scope, account: '444455556666' })).toThrow(taken)
    const ireland = { ...scope, region: 'eu-west-1' }
    expect(() =>
      create(w, { endpointConfiguration: { types: ['EDGE'] }, certificateArn: certificate('us-east-1') }, ireland),
    ).toThrow(taken)
    create(w, { regionalCertificateArn: certificate('eu-west-1') }, ireland)
    expect([...w.domains.values()].map(({ region }) => region)).toEqual(['eu-central-1', 'eu-west-1'])
  })

  test('change what may be patched', () => {
    const w = world()
    const { frontEnd } = create(w)
    const changed = updateDomainName(
      'api.example.com',
      [
        { op: 'replace', path: '/regionalCertificateArn', value: certificate('eu-central-1', 'two') },
        { op: 'replace', path: '/endpointConfiguration/ipAddressType', value: 'dualstack' },
      ],
      scope,
      w.ports,
    )
    expect(changed).toMatchObject({ certificateArn: certificate('eu-central-1', 'two'), ipAddressType: 'dualstack', frontEnd })
    const patch = (op: 'add' | 'replace', path: string) => () =>
      updateDomainName('api.example.com', [{ op, path, value: 'x' }], scope, w.ports)
    expect(patch('replace', '/mutualTlsAuthentication/truststoreUri')).toThrow('mutual TLS is not supported')
    expect(patch('add', '/endpointConfiguration/types')).toThrow('a change of the endpoint type')
    expect(patch('replace', '/domainName')).toThrow("Invalid patch path  '/domainName' specified for op 'replace'")
    expect(patch('replace', '/regionalCertificateArn')).toThrow('Invalid certificate ARN: x')
  })

  test('show their front ends to DNS, as far as they are public and of the region', () => {
    const w = world()
    const { frontEnd } = create(w)
    const edge = createDomainName(EDGE, scope, w.ports)
    create(w, {
      domainName: 'private.example.com',
      endpointConfiguration: { types: ['PRIVATE'] },
      certificateArn: certificate('eu-central-1'),
    })
    create(w, { regionalCertificateArn: certificate('eu-west-1') }, { ...scope, region: 'eu-west-1' })
    expect(readFrontEnds(w.ports, 'eu-central-1')).toEqual([
      { name: frontEnd?.name, type: 'REGIONAL' },
      { name: edge.frontEnd?.name, type: 'EDGE' },
    ])
  })

  test('have tags', () => {
    const w = world()
    create(w, { tags: { team: 'zoo' } })
    tag(ARN, { cost: '1' }, scope, w.ports)
    untag(ARN, ['team'], scope, w.ports)
    expect(tagsOf(ARN, scope, w.ports)).toEqual({ cost: '1' })
  })

  test('are served again after a start, and no more once deleted', () => {
    const w = world()
    const restApiId = deployed(w)
    create(w)
    createMapping('api.example.com', { restApiId, stage: 'dev' }, scope, w.ports)
    const before = w.domains.get(ARN)
    w.domains.clear()
    republish(w.ports)
    expect(w.domains.get(ARN)).toEqual(before)
    deleteDomainName('api.example.com', scope, w.ports)
    expect(w.domains.size).toBe(0)
    expect(() => getDomainName('api.example.com', scope, w.ports)).toThrow(
      expect.objectContaining({ code: 'NotFoundException', message: 'Invalid domain name identifier specified' }),
    )
  })
})

describe('base path mappings', () => {
  function mapped() {
    const w = world()
    const restApiId = deployed(w)
    create(w)
    createMapping('api.example.com', { basePath: 'shop', restApiId, stage: 'dev' }, scope, w.ports)
    return { w, restApiId }
  }

  test('are felt by requests at once', () => {
    const { w, restApiId } = mapped()
    createMapping('api.example.com', { restApiId }, scope, w.ports)
    expect(w.domains.get(ARN)?.mappings).toEqual([
      { basePath: 'shop', apiId: restApiId, stageName: 'dev' },
      { basePath: '', apiId: restApiId },
    ])
    deleteMapping('api.example.com', '(none)', scope, w.ports)
    expect(w.domains.get(ARN)?.mappings).toHaveLength(1)
  })

  test.each([
    ['a base path twice', { basePath: 'shop' }, 'ConflictException', 'Base path already exists for this domain name'],
    ['an API that is not there', { restApiId: 'none' }, 'BadRequestException', 'Invalid REST API identifier specified'],
    ['a stage that is not there', { stage: 'prod' }, 'BadRequestException', 'Invalid stage identifier specified'],
    ['a stage that every object has', { stage: 'constructor' }, 'BadRequestException', 'Invalid stage identifier specified'],
    [
      'slashes',
      { basePath: 'a/b' },
      'BadRequestException',
      "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base path mapping, use API Gateway V2.",
    ],
    [
      'other letters',
      { basePath: 'a b' },
      'BadRequestException',
      "Base paths may only contain letters, numbers and one of $-_.+!*'()",
    ],
  ])('with %s are refused', (_, wanted, code, message) => {
    const { w, restApiId } = mapped()
    expect(() => createMapping('api.example.com', { restApiId, ...wanted }, scope, w.ports)).toThrow(
      expect.objectContaining({ code, message }),
    )
    expect(listMappings('api.example.com', scope, w.ports)).toHaveLength(1)
  })

  test('move and change by patches', () => {
    const { w, restApiId } = mapped()
    createMapping('api.example.com', { basePath: 'taken', restApiId }, scope, w.ports)
    const patch = (path: string, value: string) =>
      updateMapping('api.example.com', 'shop', [{ op: 'replace', path, value }], scope, w.ports)
    expect(() => patch('/basePath', 'taken')).toThrow('Base path already exists for this domain name')
    expect(() => patch('/restapiId', 'none')).toThrow('Invalid REST API identifier specified')
    expect(patch('/stage', '')).toEqual({ basePath: 'shop', restApiId })
    expect(patch('/basePath', '')).toEqual({ basePath: '(none)', restApiId })
    expect(getMapping('api.example.com', '', scope, w.ports)).toEqual({ basePath: '(none)', restApiId })
    expect(() => getMapping('api.example.com', 'shop', scope, w.ports)).toThrow(
      expect.objectContaining({ code: 'NotFoundException', message: 'Invalid base path mapping identifier specified' }),
    )
  })

  test('hold stages and APIs in place', () => {
    const { w, restApiId } = mapped()
    expect(() => deleteStage(restApiId, 'dev', scope, w.ports)).toThrow(
      'Deleting stage dev failed. Please remove all base path mappings related to the stage in your domains: api.example.com',
    )
    expect(() => deleteRestApi(restApiId, scope, w.ports)).toThrow(
      'Deleting RestApi failed. Please remove all base path mappings related to the RestApi in your domains: api.example.com',
    )
    expect(w.published.has(`${restApiId}/dev`)).toBe(true)
    deleteMapping('api.example.com', 'shop', scope, w.ports)
    deleteStage(restApiId, 'dev', scope, w.ports)
    deleteRestApi(restApiId, scope, w.ports)
  })
})
