import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { ChangeInfo } from '#services/models/route53.ts'
import { bareId, changes, globalScope, newId, type Route53 } from './records.ts'

type Store = Pick<Route53, 'records' | 'ids' | 'clock'>

/** Notes that something was changed. As on AWS the answer says that it is on its way, though here it has arrived. */
export function submitChange(scope: Scope, comment: string | undefined, { records, ids, clock }: Store): ChangeInfo {
  const change = { id: newId('C', ids), submittedAt: clock.now(), ...(comment !== undefined && { comment }) }
  records.put(changes, globalScope(scope), change.id, change)
  return shown(change, 'PENDING')
}

export function getChange(scope: Scope, id: string, { records }: Pick<Store, 'records'>): ChangeInfo {
  const change = records.get(changes, globalScope(scope), bareId(id))
  // unverified: the words.
  if (!change) throw new AwsError('NoSuchChange', `Could not find resource with ID: ${bareId(id)}`)
  return shown(change, 'INSYNC')
}

function shown(
  { id, submittedAt, comment }: { readonly id: string; readonly submittedAt: number; readonly comment?: string },
  Status: ChangeInfo['Status'],
): ChangeInfo {
  return { Id: `/change/${id}`, Status, SubmittedAt: new Date(submittedAt), ...(comment !== undefined && { Comment: comment }) }
}
