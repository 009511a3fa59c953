import { beforeEach, expect, test } from 'vitest'
import type { Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller } from '#kit/testing/fake-request.ts'
import attach from './operations/attach-role-policy.ts'
import createPolicy from './operations/create-policy.ts'
import createRole from './operations/create-role.ts'
import deleteRole from './operations/delete-role.ts'
import deleteRolePolicy from './operations/delete-role-policy.ts'
import detach from './operations/detach-role-policy.ts'
import getPolicyVersion from './operations/get-policy-version.ts'
import getRole from './operations/get-role.ts'
import getRolePolicy from './operations/get-role-policy.ts'
import listAttached from './operations/list-attached-role-policies.ts'
import listPolicies from './operations/list-policies.ts'
import listRoles from './operations/list-roles.ts'
import putRolePolicy from './operations/put-role-policy.ts'
import tagRole from './operations/tag-role.ts'
import untagRole from './operations/untag-role.ts'

const caller = fakeCaller()
const TRUST = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}'
const READ = '{"Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}'
const AWS_POLICY = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
let ports: Ports

beforeEach(() => {
  ports = fakePorts()
})

const role = (RoleName: string, more = {}) =>
  createRole.run({ RoleName, AssumeRolePolicyDocument: TRUST, ...more }, caller, ports)

test('documents are answered encoded, and decode to what was given', async () => {
  await role('r')
  await putRolePolicy.run({ RoleName: 'r', PolicyName: 'p', PolicyDocument: READ }, caller, ports)
  const { Role } = await getRole.run({ RoleName: 'r' }, caller, ports)
  const { PolicyDocument } = await getRolePolicy.run({ RoleName: 'r', PolicyName: 'p' }, caller, ports)
  expect([Role.AssumeRolePolicyDocument, PolicyDocument].map((text = '') => decodeURIComponent(text))).toEqual([TRUST, READ])
  expect(PolicyDocument).toMatch(/^[\w%.~-]+$/)
})

test('roles are listed by path, a page at a time', async () => {
  for (const name of ['c', 'a', 'b']) await role(name, { Path: '/team/' })
  await role('other')
  const input = { PathPrefix: '/team/', MaxItems: 2 }
  const first = await listRoles.run(input, caller, ports)
  const second = await listRoles.run({ ...input, Marker: first.Marker }, caller, ports)
  const names = [first, second].map(({ Roles, IsTruncated }) => [Roles.map(({ RoleName }) => RoleName), IsTruncated])
  expect(names).toEqual([
    [['a', 'b'], true],
    [['c'], false],
  ])
  expect(() => listRoles.run({ Marker: '!' }, caller, ports)).toThrow('Invalid Marker.')
})

test('a role goes only after its policies, each kind in its own words', async () => {
  await role('r')
  await attach.run({ RoleName: 'r', PolicyArn: AWS_POLICY }, caller, ports)
  await attach.run({ RoleName: 'r', PolicyArn: AWS_POLICY }, caller, ports)
  await putRolePolicy.run({ RoleName: 'r', PolicyName: 'p', PolicyDocument: READ }, caller, ports)
  const attached = await listAttached.run({ RoleName: 'r' }, caller, ports)
  expect(attached.AttachedPolicies).toEqual([{ PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: AWS_POLICY }])
  const remove = () => deleteRole.run({ RoleName: 'r' }, caller, ports)
  expect(remove).toThrow('Cannot delete entity, must detach all policies first.')
  await detach.run({ RoleName: 'r', PolicyArn: AWS_POLICY }, caller, ports)
  expect(remove).toThrow('Cannot delete entity, must delete policies first.')
  await deleteRolePolicy.run({ RoleName: 'r', PolicyName: 'p' }, caller, ports)
  await remove()
  expect(remove).toThrow('The role with name r cannot be found.')
})

test('what is not on a role cannot be taken off it', async () => {
  await role('r')
  expect(() => detach.run({ RoleName: 'r', PolicyArn: AWS_POLICY }, caller, ports)).toThrow(`Policy ${AWS_POLICY} was not found.`)
  expect(() => deleteRolePolicy.run({ RoleName: 'r', PolicyName: 'p' }, caller, ports)).toThrow(
    'The role policy with name p cannot be found.',
  )
})

test('a policy shows its document by version, and whether anybody has it', async () => {
  const { Policy } = await createPolicy.run({ PolicyName: 'shared', PolicyDocument: READ }, caller, ports)
  const PolicyArn = Policy?.Arn ?? ''
  const { PolicyVersion } = await getPolicyVersion.run({ PolicyArn, VersionId: 'v1' }, caller, ports)
  expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(READ)
  const attachedOnly = async () => (await listPolicies.run({ OnlyAttached: true }, caller, ports)).Policies?.length
  expect(await attachedOnly()).toBe(0)
  await role('r')
  await attach.run({ RoleName: 'r', PolicyArn }, caller, ports)
  expect(await attachedOnly()).toBe(1)
  expect(() => createPolicy.run({ PolicyName: 'shared', PolicyDocument: READ }, caller, ports)).toThrow(
    'A policy called shared already exists. Duplicate names are not allowed.',
  )
})

test('tags of a role are replaced by key', async () => {
  await role('r', { Tags: [{ Key: 'a', Value: '1' }] })
  await tagRole.run(
    {
      RoleName: 'r',
      Tags: [
        { Key: 'a', Value: '2' },
        { Key: 'b', Value: '3' },
      ],
    },
    caller,
    ports,
  )
  await untagRole.run({ RoleName: 'r', TagKeys: ['b'] }, caller, ports)
  expect((await getRole.run({ RoleName: 'r' }, caller, ports)).Role.Tags).toEqual([{ Key: 'a', Value: '2' }])
})
