import type { Outcome } from '../judge.ts'
import { must, type Session } from '../session.ts'

/** Receives what is in a queue. */
export async function sqsCollectStep({ queueUrl }: { queueUrl: string }, session: Session): Promise<Outcome> {
  return { result: await must(session, 'sqs.ReceiveMessage', { QueueUrl: queueUrl, MaxNumberOfMessages: 10 }) }
}
