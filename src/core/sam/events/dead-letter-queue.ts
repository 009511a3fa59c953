import type { Value, ValueMap } from '../../template/value.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { queuePolicyDocument } from '../iam-policies.ts'
import { getAtt, ref } from '../intrinsics.ts'
import { EventRefusal } from '../refusal.ts'

/** Where events go that could not be delivered: a queue of the user's, or one made here, which the rule may send to. */
export function deadLetterQueue(
  owner: string,
  config: ValueMap,
  more: { attributes: ValueMap; sourceArn?: Value },
): { arn: Value; resources: GeneratedResource[] } {
  check(owner, config)
  const { Arn, QueueLogicalId } = config
  if ((Arn ?? null) !== null) return { arn: Arn!, resources: [] }
  if ((QueueLogicalId ?? null) !== null && typeof QueueLogicalId !== 'string') {
    throw new EventRefusal(owner, 'QueueLogicalId must be a string')
  }
  const { attributes, sourceArn } = more
  const queue = generated((QueueLogicalId as string | null | undefined) || `${owner}Queue`, 'AWS::SQS::Queue', {}, { attributes })
  const arn = getAtt(queue.id, 'Arn')
  if (sourceArn === undefined) return { arn, resources: [queue] }
  const policy = generated(
    `${owner}QueuePolicy`,
    'AWS::SQS::QueuePolicy',
    {
      PolicyDocument: queuePolicyDocument(arn, sourceArn, { Service: 'events.amazonaws.com' }),
      Queues: [ref(queue.id)],
    },
    { attributes },
  )
  return { arn, resources: [queue, policy] }
}

function check(owner: string, config: ValueMap): void {
  const named = Object.hasOwn(config, 'Arn')
  const typed = Object.hasOwn(config, 'Type')
  if (named && typed) throw new EventRefusal(owner, "You can either define 'Arn' or 'Type' property of DeadLetterConfig.")
  if (typed && config['Type'] !== 'SQS') {
    throw new EventRefusal(owner, "The only valid value for 'Type' property of DeadLetterConfig is 'SQS'.")
  }
  if (!named && !typed) throw new EventRefusal(owner, "No 'Arn' or 'Type' property provided for DeadLetterConfig.")
}
