import { parseArn } from '#core/aws/arn.ts'
import { AwsError } from '#core/aws/aws-error.ts'
import { GLOBAL } from '#core/aws/scope.ts'
import type { Ids, Ports } from '#kit/ports.ts'
import { table } from '#kit/records.ts'
import { accountOfAccessKeyId, temporaryAccessKeyId } from './access-keys.ts'

/** Temporary credentials, and whose they are. */
export interface Session {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly account: string
  readonly principalArn: string
  /** Milliseconds since 1970. */
  readonly expires: number
  /** Policies that narrow the session, as JSON texts and ARNs. */
  readonly policies: readonly string[]
}

/** By access key id. */
const sessions = table<Session>('sts/sessions')

/** How long an expired session is remembered, so that its key is told from one that never was. */
const REMEMBERED = 24 * 3600 * 1000

export function newSession(
  ids: Pick<Ids, 'bytes'>,
  of: Pick<Session, 'account' | 'principalArn' | 'expires' | 'policies'>,
): Session {
  return {
    accessKeyId: temporaryAccessKeyId(of.account, ids),
    secretAccessKey: Buffer.from(ids.bytes(30)).toString('base64'),
    sessionToken: Buffer.from(ids.bytes(192)).toString('base64'),
    ...of,
  }
}

/** Remembers a session, and forgets those of its account that have long expired. */
export function saveSession(session: Session, { records, clock }: Pick<Ports, 'records' | 'clock'>): void {
  const scope = { account: session.account, region: GLOBAL }
  for (const { key, value } of records.list(sessions, scope)) {
    if (value.expires + REMEMBERED < clock.now()) records.delete(sessions, scope, key)
  }
  records.put(sessions, scope, session.accessKeyId, session)
}

export function findSession(accessKeyId: string, { records }: Pick<Ports, 'records'>): Session | undefined {
  const account = accountOfAccessKeyId(accessKeyId)
  return account === undefined ? undefined : records.get(sessions, { account, region: GLOBAL }, accessKeyId)
}

/** Who a session of a role is: `arn:aws:sts::123456789012:assumed-role/name/session`. The role's path is not part of it. */
export function assumedRole(roleArn: string, sessionName: string): { account: string; role: string; arn: string } {
  const arn = parseArn(roleArn)
  const role = arn?.service === 'iam' && arn.resource.startsWith('role/') ? arn.resource.split('/').at(-1) : undefined
  if (!arn || !role) throw new AwsError('ValidationError', `${roleArn} is invalid`, { status: 400 })
  return {
    account: arn.account,
    role,
    arn: `arn:${arn.partition}:sts::${arn.account}:assumed-role/${role}/${sessionName}`,
  }
}
