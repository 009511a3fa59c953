import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AwsError } from '#core/aws/aws-error.ts'
import { seededIds } from '#kit/ids.ts'
import type { Caller } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { accountOfAccessKeyId, temporaryAccessKeyId } from './access-keys.ts'
import { credentialsPort } from './credentials-port.ts'
import assumeRole from './operations/assume-role.ts'
import getCallerIdentity from './operations/get-caller-identity.ts'
import getSessionToken from './operations/get-session-token.ts'

const HOUR = 3600 * 1000

function world(now = 0): { ports: Ports; at: { now: number } } {
  const at = { now }
  const ports = fakePorts({ clock: { now: () => at.now, after: () => () => {}, sleep: async () => {} } })
  return { ports: { ...ports, credentials: credentialsPort(ports) }, at }
}

const caller = (principalArn = 'arn:aws:iam::111122223333:root'): Caller => ({
  account: principalArn.split(':')[4] ?? '',
  region: 'eu-central-1',
  partition: 'aws',
  principalArn,
  requestId: 'r',
  endpoint: 'http://127.0.0.1:4566',
  headers: {},
})
const role = 'arn:aws:iam::444455556666:role/team/deploy'
const session = 'arn:aws:sts::444455556666:assumed-role/deploy/me'

describe('AssumeRole', () => {
  it('gives credentials that are the role in its account, until they expire', async () => {
    const { ports } = world(1000)
    const { Credentials: issued, AssumedRoleUser } = await assumeRole.run(
      { RoleArn: role, RoleSessionName: 'me', DurationSeconds: 900 },
      caller(),
      ports,
    )
    expect(AssumedRoleUser).toEqual({ AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:me$/), Arn: session })
    expect(issued?.Expiration).toEqual(new Date(901_000))
    expect(ports.credentials.find(issued?.AccessKeyId ?? '')).toMatchObject({
      account: '444455556666',
      principalArn: session,
      secretAccessKey: issued?.SecretAccessKey,
      sessionToken: issued?.SessionToken,
      expires: 901_000,
    })
  })

  it('remembers what was given out over a restart, and forgets what has long expired', async () => {
    const { ports, at } = world()
    const assume = async () =>
      (await assumeRole.run({ RoleArn: role, RoleSessionName: 'me' }, caller(), ports)).Credentials?.AccessKeyId ?? ''
    const first = await assume()
    expect(credentialsPort(ports).find(first)).toBeDefined()
    at.now = 2 * HOUR
    await assume()
    expect(credentialsPort(ports).find(first)).toBeDefined()
    at.now = 26 * HOUR
    await assume()
    expect(credentialsPort(ports).find(first)).toBeUndefined()
  })

  it.each([
    ['arn:aws:iam::444455556666:user/x', 'ValidationError: arn:aws:iam::444455556666:user/x is invalid'],
    ['arn:aws:iam::444455556666:policy/role/x', 'ValidationError: arn:aws:iam::444455556666:policy/role/x is invalid'],
  ])('refuses %s, which is no role', (RoleArn, said) => {
    expect(refusal(() => assumeRole.run({ RoleArn, RoleSessionName: 'me' }, caller(), world().ports))).toBe(said)
  })

  it('limits a session that comes from another session to an hour', () => {
    const chained = () =>
      assumeRole.run({ RoleArn: role, RoleSessionName: 'me', DurationSeconds: 3601 }, caller(session), world().ports)
    expect(refusal(chained)).toBe(
      'ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    )
  })
})

describe('GetSessionToken', () => {
  it('gives root an hour at most, and stays root', async () => {
    const { ports } = world()
    const { Credentials: issued } = await getSessionToken.run({ DurationSeconds: 7200 }, caller(), ports)
    expect(ports.credentials.find(issued?.AccessKeyId ?? '')).toMatchObject({
      principalArn: 'arn:aws:iam::111122223333:root',
      expires: HOUR,
    })
  })

  it('is refused to sessions', () => {
    expect(refusal(() => getSessionToken.run({}, caller(session), world().ports))).toBe(
      'AccessDenied: Cannot call GetSessionToken with session credentials',
    )
  })
})

describe('GetCallerIdentity', () => {
  it.each([
    ['arn:aws:iam::111122223333:root', '111122223333', /^111122223333$/],
    [session, '444455556666', /^AROA[A-Z2-7]{17}:me$/],
  ])('%s', async (arn, account, userId) => {
    expect(await getCallerIdentity.run({}, caller(arn), world().ports)).toEqual({
      UserId: expect.stringMatching(userId),
      Account: account,
      Arn: arn,
    })
  })

  it('shows the id that AssumeRole showed', async () => {
    const { ports } = world()
    const { AssumedRoleUser } = await assumeRole.run({ RoleArn: role, RoleSessionName: 'me' }, caller(), ports)
    expect(await getCallerIdentity.run({}, caller(session), ports)).toMatchObject({ UserId: AssumedRoleUser?.AssumedRoleId })
  })
})

describe('sessions of functions', () => {
  it('are the same for the same role and name, and others for others', () => {
    const { credentials } = world().ports
    const one = credentials.forRole(role, 'me')
    expect(credentials.forRole(role, 'me')).toEqual(one)
    expect(credentials.forRole(role, 'you').accessKeyId).not.toBe(one.accessKeyId)
    expect(credentials.find(one.accessKeyId)).toMatchObject({
      account: '444455556666',
      principalArn: session,
      sessionToken: one.sessionToken,
    })
  })

  it('do not grow without bound', () => {
    const { credentials } = world().ports
    const first = credentials.forRole(role, 'f0')
    for (let count = 1; count <= 10_000; count += 1) credentials.forRole(role, `f${count}`)
    expect(credentials.find(first.accessKeyId)).toBeUndefined()
    expect(credentials.forRole(role, 'f0').accessKeyId).not.toBe(first.accessKeyId)
  })
})

it('a temporary access key id holds its account', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), fc.nat(), (number, seed) => {
      const account = String(number).padStart(12, '0')
      const key = temporaryAccessKeyId(account, seededIds(seed))
      expect(key).toMatch(/^ASIA[A-Z2-7]{16}$/)
      expect(accountOfAccessKeyId(key)).toBe(account)
    }),
  )
  expect(accountOfAccessKeyId('111122223333')).toBeUndefined()
})

function refusal(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`
  }
  return 'not refused'
}
