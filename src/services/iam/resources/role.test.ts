import { expect, test } from 'vitest'
import type { Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeRequest } from '#kit/testing/fake-request.ts'
import { attachRolePolicy, createRole, getRole, putRolePolicy } from '../roles.ts'
import managedPolicy from './managed-policy.ts'
import policy from './policy.ts'
import role from './role.ts'

const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
}
const READ = { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] }
const EXECUTION = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
const { caller } = fakeRequest({})

const roleOf = (more = {}) => fakeRequest({ AssumeRolePolicyDocument: TRUST, ...more })

async function made(ports: Ports, more = {}) {
  const request = roleOf(more)
  return { ...request, ...(await role.create(request, ports)) }
}

test('a role without a name gets one from its stack, and answers its ARN and id', async () => {
  const { ref, attributes } = await made(fakePorts())
  expect(ref).toMatch(/^story-Thing-[A-Z0-9]{12}$/)
  expect(attributes).toEqual({
    Arn: `arn:aws:iam::111111111111:role/${ref}`,
    RoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}$/),
  })
})

test('the path is part of the ARN, not of the name', async () => {
  const { ref, attributes } = await made(fakePorts(), { Path: '/team/', RoleName: 'reader' })
  expect([ref, attributes['Arn']]).toEqual(['reader', 'arn:aws:iam::111111111111:role/team/reader'])
})

test.each([
  [
    'a role ARN as managed policy',
    { ManagedPolicyArns: ['arn:aws:iam::111111111111:role/x'] },
    'InvalidInput',
    /^ARN .* is not valid\.$/,
  ],
  ['text as managed policy', { ManagedPolicyArns: ['ReadOnly'] }, 'InvalidInput', /^ARN ReadOnly is not valid\.$/],
  [
    'an unknown own policy',
    { ManagedPolicyArns: ['arn:aws:iam::111111111111:policy/x'] },
    'NoSuchEntity',
    /does not exist or is not attachable/,
  ],
  ['a long name', { RoleName: 'x'.repeat(65) }, 'ValidationError', /length less than or equal to 64/],
  ['a name with a space', { RoleName: 'my role' }, 'ValidationError', /alphanumeric/],
  ['a session of a minute', { MaxSessionDuration: 60 }, 'ValidationError', /between 3600 and 43200/],
])('%s is refused, and nothing is left behind', (_name, more, code, message) => {
  const ports = fakePorts()
  expect(() => role.create(roleOf(more), ports)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  )
  expect(ports.records.all({ name: 'iam/roles' })).toEqual([])
})

test('two roles of one name cannot be, not even in two regions', () => {
  const ports = fakePorts()
  createRole(caller, { name: 'one', trust: TRUST, tags: [] }, ports)
  expect(() => createRole({ ...caller, region: 'us-east-1' }, { name: 'one', trust: TRUST, tags: [] }, ports)).toThrow(
    'Role with name one already exists.',
  )
  expect(createRole({ ...caller, account: '222222222222' }, { name: 'one', trust: TRUST, tags: [] }, ports).name).toBe('one')
})

test('an update keeps what others put on the role, and takes away what the template no longer has', async () => {
  const ports = fakePorts()
  const before = await made(ports, { Policies: [{ PolicyName: 'old', PolicyDocument: READ }], ManagedPolicyArns: [EXECUTION] })
  putRolePolicy(caller, before.ref, 'by-hand', READ, ports)
  await role.update?.(roleOf({ Policies: [{ PolicyName: 'new', PolicyDocument: READ }] }), before, ports)
  const after = getRole(caller, before.ref, ports)
  expect([Object.keys(after.inline).sort(), after.attached]).toEqual([['by-hand', 'new'], []])
})

test('a role goes with its own policies, but not with those of others', async () => {
  const ports = fakePorts()
  const given = await made(ports, { Policies: [{ PolicyName: 'own', PolicyDocument: READ }], ManagedPolicyArns: [EXECUTION] })
  attachRolePolicy(caller, given.ref, 'arn:aws:iam::aws:policy/ReadOnlyAccess', ports)
  expect(() => role.delete(given, ports)).toThrow('Cannot delete entity, must detach all policies first.')
  const clean = await made(ports, { RoleName: 'clean', ManagedPolicyArns: [EXECUTION] })
  await role.delete(clean, ports)
  await role.delete(clean, ports)
  expect(() => getRole(caller, 'clean', ports)).toThrow('The role with name clean cannot be found.')
})

test('an inline policy of its own moves from role to role', async () => {
  const ports = fakePorts()
  for (const name of ['one', 'two']) createRole(caller, { name, trust: TRUST, tags: [] }, ports)
  const request = fakeRequest({ PolicyName: 'read', PolicyDocument: READ, Roles: ['one'] })
  const state = await policy.create(request, ports)
  const moved = fakeRequest({ ...request.properties, Roles: ['two'] })
  await policy.update?.(moved, { ...state, properties: request.properties }, ports)
  expect(['one', 'two'].map((name) => Object.keys(getRole(caller, name, ports).inline))).toEqual([[], ['read']])
  await policy.delete({ ...moved, ...state }, ports)
  expect(getRole(caller, 'two', ports).inline).toEqual({})
})

test('an inline policy for nobody, or for a role that is not there, is refused', () => {
  const ports = fakePorts()
  const create = (Roles: string[]) => policy.create(fakeRequest({ PolicyName: 'read', PolicyDocument: READ, Roles }), ports)
  expect(() => create([])).toThrow('At least one of [Groups,Roles,Users] must be non-empty.')
  expect(() => create(['nobody'])).toThrow('The role with name nobody cannot be found.')
})

test('a managed policy answers its ARN, counts its versions, and stays while it is attached', async () => {
  const ports = fakePorts()
  createRole(caller, { name: 'one', trust: TRUST, tags: [] }, ports)
  const request = fakeRequest({ ManagedPolicyName: 'shared', PolicyDocument: READ })
  const state = await managedPolicy.create(request, ports)
  expect(state.ref).toBe('arn:aws:iam::111111111111:policy/shared')
  attachRolePolicy(caller, 'one', state.ref, ports)
  const changed = fakeRequest({ ...request.properties, PolicyDocument: { Statement: { ...READ.Statement[0], Effect: 'Deny' } } })
  const after = await managedPolicy.update?.(changed, { ...state, properties: request.properties }, ports)
  expect(after?.attributes).toMatchObject({ DefaultVersionId: 'v2', AttachmentCount: 1 })
  expect(() => managedPolicy.delete({ ...request, ...state }, ports)).toThrow('Cannot delete a policy attached to entities.')
})
