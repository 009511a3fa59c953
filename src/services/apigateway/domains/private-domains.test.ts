import { describe, expect, test } from 'vitest'
import { createDeployment } from '../deployments.ts'
import { caller, mockApi, policy, scope, type World, world } from '../testing/world.ts'
import { updateRestApi } from '../update-rest-api.ts'
import { createAssociation, deleteAssociation, listAssociations, rejectAssociation } from './access-associations.ts'
import { createMapping, listMappings } from './base-path-mappings.ts'
import { createDomainName, deleteDomainName, describeDomainName, domainArn, getDomainName, keyOf } from './domain-names.ts'
import { updateDomainName } from './update-domain-name.ts'
import type { WantedDomain } from './wanted-domain.ts'

const OURS = 'vpce-0aaaaaaaaaaaaaaaa'
const PRIVATE: WantedDomain = {
  domainName: 'private.example.com',
  certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/one',
  endpointConfiguration: { types: ['PRIVATE'] },
  policy: { written: policy('Allow') },
}
const partner = { ...caller, account: '444455556666', principalArn: 'arn:aws:iam::444455556666:root' }

function created(w: World, wanted: Partial<WantedDomain> = {}, at = scope) {
  const domain = createDomainName({ ...PRIVATE, ...wanted }, at, w.ports)
  return {
    domain,
    key: keyOf(domain),
    arn: domainArn(domain, at),
    invokeArn: domainArn(domain, at).replace('apigateway', 'execute-api'),
  }
}

const associate = (w: World, domainNameArn: string, source = OURS, by = caller) =>
  createAssociation({ domainNameArn, accessAssociationSource: source }, by, w.ports)

describe('private domain names', () => {
  test('have an id and an account in their ARN, no front end, and a policy whose shorthand is the name itself', () => {
    const w = world()
    const { domain, arn, invokeArn } = created(w)
    expect(arn).toBe(`arn:aws:apigateway:eu-central-1:111122223333:/domainnames/private.example.com+${domain.id}`)
    const shown = describeDomainName(domain, scope)
    expect(shown).toMatchObject({
      domainName: 'private.example.com',
      domainNameId: expect.stringMatching(/^[a-z0-9]{10}$/),
      domainNameArn: arn,
      certificateArn: PRIVATE.certificateArn,
      endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'dualstack' },
    })
    expect(shown.policy).toContain(`\\"Resource\\":\\"${invokeArn}\\"`)
    expect(shown.distributionDomainName ?? shown.regionalDomainName).toBeUndefined()
    expect(w.domains.get(arn)).toMatchObject({ endpointType: 'PRIVATE', access: { invokeArn, endpoints: [] } })
  })

  test('need their id to be found', () => {
    const w = world()
    const { key } = created(w)
    expect(getDomainName(key, scope, w.ports).name).toBe('private.example.com')
    expect(() => getDomainName('private.example.com', scope, w.ports)).toThrow('Invalid domain name identifier specified')
  })

  test('may be in several accounts, and twice in one', () => {
    const w = world()
    created(w)
    created(w)
    created(w, {}, { ...scope, account: '444455556666' })
    expect(w.domains.size).toBe(3)
  })

  test.each<[string, Partial<WantedDomain>, string]>([
    ['a wildcard', { domainName: '*.example.com' }, 'Invalid domain name specified: *.example.com'],
    [
      'a policy that is none',
      { policy: { written: '{"Statement":[{"Effect":"Allow"}]}' } },
      'Invalid policy document. Please check the policy syntax and ensure that Principals are valid.',
    ],
    ['an old protocol', { securityPolicy: 'TLS_1_0' }, 'Private custom domain names only support security policy TLS_1_2'],
    [
      'old addresses',
      { endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'ipv4' } },
      'Only dualstack ipAddressType is supported for Private domain names.',
    ],
    [
      'a certificate of another region',
      { certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/one' },
      "Invalid certificate ARN: arn:aws:acm:us-east-1:111122223333:certificate/one. Certificate must be in 'eu-central-1'.",
    ],
  ])('with %s are refused', (_, wanted, message) => {
    const w = world()
    expect(() => created(w, wanted)).toThrow(message)
    expect(w.domains.size).toBe(0)
  })

  test('feel a new policy at once', () => {
    const w = world()
    const { key, arn, invokeArn } = created(w)
    updateDomainName(key, [{ op: 'replace', path: '/policy', value: policy('Deny') }], scope, w.ports)
    expect(w.domains.get(arn)?.access?.policy?.document).toMatchObject({
      Statement: [{ Effect: 'Deny', Resource: invokeArn }],
    })
  })

  test('lead to private APIs only', () => {
    const w = world()
    const { key } = created(w)
    const { id: open } = mockApi(w)
    const api = mockApi(w, { endpointConfiguration: { types: ['PRIVATE'] }, policy: { written: policy('Allow') } })
    createDeployment(api.id, { stage: { stageName: 'dev' } }, scope, w.ports)
    expect(() => createMapping(key, { restApiId: open }, scope, w.ports)).toThrow(
      'Only private APIs can be mapped to a private custom domain name',
    )
    createMapping(key, { basePath: 'v1', restApiId: api.id, stage: 'dev' }, scope, w.ports)
    expect(listMappings(key, scope, w.ports)).toEqual([{ basePath: 'v1', restApiId: api.id, stage: 'dev' }])
    const opened = [{ op: 'replace', path: '/endpointConfiguration/types/PRIVATE', value: 'REGIONAL' }] as const
    expect(() => updateRestApi(api.id, opened, scope, w.ports)).toThrow(
      'mapped to private custom domain names: private.example.com',
    )
  })
})

describe('access associations', () => {
  test('let an endpoint lead to the name until they are deleted, which has to be before the name is', () => {
    const w = world()
    const { domain, key, arn } = created(w)
    const made = associate(w, arn)
    expect(made.arn).toBe(
      `arn:aws:apigateway:eu-central-1:111122223333:/domainnameaccessassociations/domainname/private.example.com+${domain.id}/vpcesource/${OURS}`,
    )
    expect(w.domains.get(arn)?.access?.endpoints).toEqual([{ endpointId: OURS, account: '111122223333' }])
    expect(() => deleteDomainName(key, scope, w.ports)).toThrow('domain name access associations')
    deleteAssociation(made.arn, scope, w.ports)
    expect(w.domains.get(arn)?.access?.endpoints).toEqual([])
    deleteDomainName(key, scope, w.ports)
    expect(w.domains.size).toBe(0)
  })

  test.each([
    ['an endpoint that has the name already', (w: World) => associate(w, created(w).arn), 'ConflictException'],
    [
      'a public name',
      (w: World) => associate(w, 'arn:aws:apigateway:eu-central-1::/domainnames/private.example.com'),
      'NotFoundException',
    ],
    [
      'a name of another region',
      (w: World) =>
        associate(
          w,
          created(
            w,
            { certificateArn: PRIVATE.certificateArn?.replace('eu-central-1', 'eu-west-1') ?? '' },
            { ...scope, region: 'eu-west-1' },
          ).arn,
        ),
      'NotFoundException',
    ],
    ['what is no endpoint', (w: World) => associate(w, created(w).arn, 'vpc-1'), 'BadRequestException'],
    ['another account, which nobody let', (w: World) => associate(w, created(w).arn, OURS, partner), 'AccessDeniedException'],
  ])('with %s are refused', (_, attempt, code) => {
    const w = world()
    associate(w, created(w).arn)
    expect(() => attempt(w)).toThrow(expect.objectContaining({ code }))
  })

  test('of another account need a management policy, are seen by both, and may be rejected', () => {
    const w = world()
    const { key, arn } = created(w)
    const management = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::444455556666:root' },
          Action: 'apigateway:CreateAccessAssociation',
          Resource: arn,
        },
      ],
    })
    updateDomainName(key, [{ op: 'replace', path: '/managementPolicy', value: management }], scope, w.ports)
    const made = associate(w, arn, OURS, partner)
    expect(w.domains.get(arn)?.access?.endpoints).toEqual([{ endpointId: OURS, account: '444455556666' }])
    const seen = (owner: 'SELF' | 'OTHER_ACCOUNTS' | undefined, by: typeof scope) =>
      listAssociations(owner, by, w.ports).map((one) => one.arn)
    expect([seen('SELF', scope), seen('OTHER_ACCOUNTS', scope), seen(undefined, scope)]).toEqual([[], [made.arn], [made.arn]])
    expect([seen('SELF', partner), seen('OTHER_ACCOUNTS', partner)]).toEqual([[made.arn], []])
    const gone = expect.objectContaining({ code: 'NotFoundException' })
    expect(() => deleteAssociation(made.arn, scope, w.ports)).toThrow(gone)
    expect(() => rejectAssociation(made.arn, arn, partner, w.ports)).toThrow(gone)
    rejectAssociation(made.arn, arn, scope, w.ports)
    expect(w.domains.get(arn)?.access?.endpoints).toEqual([])
  })
})
