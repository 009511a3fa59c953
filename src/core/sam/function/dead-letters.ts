import { isMap, type ValueList } from '../../template/value.ts'
import { truthy } from '../python.ts'
import type { SamResource } from '../sam-resource.ts'

/** By the kind of a dead-letter queue: what the function does to it. */
export const DEAD_LETTER_ACTIONS: Readonly<Record<string, string>> = { SQS: 'sqs:SendMessage', SNS: 'sns:Publish' }

/** What the function's role needs for its dead-letter queue. */
export function deadLetterPolicies({ properties }: SamResource): ValueList {
  const queue = properties['DeadLetterQueue']
  if (!isMap(queue) || !truthy(queue)) return []
  const statement = { Action: DEAD_LETTER_ACTIONS[String(queue['Type'])]!, Resource: queue['TargetArn']!, Effect: 'Allow' }
  return [{ PolicyName: 'DeadLetterQueuePolicy', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } }]
}
