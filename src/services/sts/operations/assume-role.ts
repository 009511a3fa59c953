import { AwsError } from '#core/aws/aws-error.ts'
import { type Caller, operation } from '#kit/operation.ts'
import { AssumeRole } from '#services/models/sts.ts'
import { roleIdOf } from '../identity.ts'
import { assumedRole, newSession, saveSession } from '../sessions.ts'

const HOUR = 3600

export default operation(AssumeRole, {
  authorize: ({ RoleArn }) => ({ action: 'sts:AssumeRole', resource: RoleArn }),

  run({ RoleArn, RoleSessionName, DurationSeconds = HOUR, Policy, PolicyArns = [] }, caller, ports) {
    refuseLongChain(caller, DurationSeconds)
    const { account, role, arn } = assumedRole(RoleArn, RoleSessionName)
    const expires = ports.clock.now() + DurationSeconds * 1000
    const policies = [...(Policy === undefined ? [] : [Policy]), ...PolicyArns.flatMap((one) => one.arn ?? [])]
    const session = newSession(ports.ids, { account, principalArn: arn, expires, policies })
    saveSession(session, ports)
    return {
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        SessionToken: session.sessionToken,
        Expiration: new Date(expires),
      },
      AssumedRoleUser: { AssumedRoleId: `${roleIdOf(`${account}/${role}`)}:${RoleSessionName}`, Arn: arn },
    }
  },
})

function refuseLongChain({ principalArn }: Caller, seconds: number): void {
  if (seconds <= HOUR || !principalArn.includes(':assumed-role/')) return
  throw new AwsError(
    'ValidationError',
    'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    {
      status: 400,
    },
  )
}
