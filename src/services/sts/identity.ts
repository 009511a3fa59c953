import { createHash } from 'node:crypto'
import { parseArn } from '#core/aws/arn.ts'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The unique id of who calls: the account's number for its root, role id and session name for a role's session. */
export function userIdOf(principalArn: string): string {
  const arn = parseArn(principalArn)
  const [kind, role, session] = arn?.resource.split('/') ?? []
  if (kind === 'assumed-role' && role && session) return `${roleIdOf(`${arn?.account}/${role}`)}:${session}`
  return arn?.account ?? ''
}

/**
 * An id in the form of a role's. It follows from account and name: STS does not see the records of IAM, where the same role may
 * have another id.
 */
export function roleIdOf(role: string): string {
  const digest = createHash('sha256').update(role).digest()
  return `AROA${Array.from(digest.subarray(0, 17), (byte) => BASE32[byte & 31]).join('')}`
}
