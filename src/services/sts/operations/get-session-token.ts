import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { GetSessionToken } from '#services/models/sts.ts'
import { newSession, saveSession } from '../sessions.ts'

const TWELVE_HOURS = 12 * 3600
/** Root's sessions end after an hour, whatever was asked for. */
const ROOT_LIMIT = 3600

export default operation(GetSessionToken, {
  run({ DurationSeconds = TWELVE_HOURS }, { account, principalArn }, ports) {
    if (principalArn.includes(':assumed-role/')) {
      throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', { status: 403 })
    }
    const seconds = principalArn.endsWith(':root') ? Math.min(DurationSeconds, ROOT_LIMIT) : DurationSeconds
    const expires = ports.clock.now() + seconds * 1000
    const session = newSession(ports.ids, { account, principalArn, expires, policies: [] })
    saveSession(session, ports)
    return {
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        SessionToken: session.sessionToken,
        Expiration: new Date(expires),
      },
    }
  },
})
