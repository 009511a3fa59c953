import type { Credentials, Ports } from '#kit/ports.ts'
import { assumedRole, findSession, newSession, type Session } from './sessions.ts'

/** More than this many sessions of functions at a time: the oldest is given up, and its function gets a new one. */
const MOST_SESSIONS = 10_000

/**
 * Credentials that Postern gave out. Sessions from `AssumeRole` are records; those of functions live as long as the process, since
 * the functions do too.
 */
export function credentialsPort(ports: Pick<Ports, 'records' | 'ids'>): Credentials {
  const byRole = new Map<string, Session>()
  const byKey = new Map<string, Session>()
  return {
    find: (accessKeyId) => byKey.get(accessKeyId) ?? findSession(accessKeyId, ports),

    forRole(roleArn, sessionName) {
      const name = `${roleArn} ${sessionName}`
      const known = byRole.get(name)
      if (known) return known
      const { account, arn } = assumedRole(roleArn, sessionName)
      const session = newSession(ports.ids, { account, principalArn: arn, expires: Number.MAX_SAFE_INTEGER, policies: [] })
      byRole.set(name, session)
      byKey.set(session.accessKeyId, session)
      if (byRole.size > MOST_SESSIONS) forgetOldest(byRole, byKey)
      return session
    },
  }
}

function forgetOldest(byRole: Map<string, Session>, byKey: Map<string, Session>): void {
  const [oldest] = byRole
  if (!oldest) return
  byRole.delete(oldest[0])
  byKey.delete(oldest[1].accessKeyId)
}
