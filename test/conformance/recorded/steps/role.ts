import type { Outcome } from '../judge.ts'
import { must, type Session } from '../session.ts'

interface WantedRole {
  readonly name?: string
  readonly assumePolicy: unknown
  readonly policy?: unknown
  readonly effect?: string
  readonly actions?: unknown
  readonly resource?: unknown
}

export async function roleStep(wanted: WantedRole, session: Session): Promise<Outcome> {
  const { assumePolicy, effect = 'Allow', actions = '*', resource = '*' } = wanted
  const roleName = wanted.name ?? `role-${String(session.lookup('u99'))}${Math.random().toString(36).slice(2, 8)}`
  const policy = wanted.policy ?? {
    Version: '2012-10-17',
    Statement: [{ Effect: effect, Action: actions, Resource: resource }],
  }
  const { Role }: { Role: { Arn: string } } = await must(session, 'iam.CreateRole', {
    RoleName: roleName,
    AssumeRolePolicyDocument: JSON.stringify(assumePolicy),
  })
  await must(session, 'iam.PutRolePolicy', {
    RoleName: roleName,
    PolicyName: 'policy',
    PolicyDocument: JSON.stringify(policy),
  })
  return { result: { roleArn: Role.Arn, roleName } }
}
