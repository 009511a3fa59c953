import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { member } from '../copy.ts'
import { expectMap, ofEvent } from '../expect.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { queuePolicyDocument } from '../iam-policies.ts'
import { getAtt, ref, referredId } from '../intrinsics.ts'
import { anything, flagOrMap, map, required, text } from '../properties.ts'
import { truthy } from '../python.ts'
import { EventRefusal } from '../refusal.ts'
import type { Transformation } from '../transformation.ts'
import type { Called, Event, EventSource } from './event-source.ts'
import { invokePermission } from './permission.ts'
import { mapQueue } from './sqs.ts'

/** Calls the function for a topic's messages, directly or by way of a queue. */
export const snsEvent: EventSource = {
  type: 'SNS',
  properties: {
    Topic: required(text),
    Region: text,
    FilterPolicy: anything,
    FilterPolicyScope: anything,
    SqsSubscription: flagOrMap,
    RedrivePolicy: map,
  },

  transform(event, called, transformation) {
    const { Topic: topic, SqsSubscription: queue } = event.properties
    if (!truthy(queue)) {
      const permission = invokePermission(event.id, called.target, { principal: 'sns.amazonaws.com', sourceArn: topic })
      return [permission, subscription(event, called, 'lambda', called.target.arn)]
    }
    return queue === true ? throughOwnQueue(event, called, transformation) : throughQueue(event, called, queue, transformation)
  },
}

function throughOwnQueue(event: Event, called: Called, transformation: Transformation): GeneratedResource[] {
  const attributes = called.target.inherited
  const fifo = isFifo(event.properties['Topic']!, transformation)
  const queue = generated(`${event.id}Queue`, 'AWS::SQS::Queue', { FifoQueue: truthy(fifo) ? fifo : undefined }, { attributes })
  const arn = getAtt(queue.id, 'Arn')
  return [
    ...mapQueue(mapping(event, arn, 10), called, transformation),
    queue,
    queuePolicy(event, called, arn, ref(queue.id), `${event.id}QueuePolicy`),
    subscription(event, called, 'sqs', arn),
  ]
}

function throughQueue(
  event: Event,
  called: Called,
  setting: Value | undefined,
  transformation: Transformation,
): GeneratedResource[] {
  const settings = expectMap(setting, ofEvent(event.name), 'SqsSubscription')
  const { QueueArn: arn, QueueUrl: url, QueuePolicyLogicalId: policyId, BatchSize: batch } = settings
  if (!truthy(arn) || !truthy(url)) throw new EventRefusal(event.name, 'No QueueARN or QueueURL provided.')
  const id = typeof policyId === 'string' && policyId !== '' ? policyId : `${event.id}QueuePolicy`
  return [
    ...mapQueue(mapping(event, arn!, truthy(batch) ? batch! : 10), called, transformation),
    queuePolicy(event, called, arn!, url!, id),
    subscription(event, called, 'sqs', arn!),
  ]
}

/** The event that the queue's mapping stands for. */
function mapping(event: Event, Queue: Value, BatchSize: Value): Event {
  return { ...event, id: `${event.id}EventSourceMapping`, properties: { Queue, BatchSize, Enabled: true } }
}

function queuePolicy({ properties }: Event, { target }: Called, arn: Value, url: Value, id: string): GeneratedResource {
  return generated(
    id,
    'AWS::SQS::QueuePolicy',
    { PolicyDocument: queuePolicyDocument(arn, properties['Topic']!, '*'), Queues: [url] },
    { attributes: target.inherited },
  )
}

function subscription({ id, properties }: Event, { target }: Called, protocol: string, endpoint: Value): GeneratedResource {
  const { Topic: TopicArn, Region, FilterPolicy, FilterPolicyScope, RedrivePolicy } = properties
  return generated(
    id,
    'AWS::SNS::Subscription',
    { Protocol: protocol, Endpoint: endpoint, TopicArn, Region, FilterPolicy, FilterPolicyScope, RedrivePolicy },
    { attributes: target.inherited },
  )
}

/** A FIFO topic can only be read by a FIFO queue. */
function isFifo(topic: Value, { resources, resolve }: Transformation): Value | undefined {
  const id = referredId(topic)
  const node: Value | undefined = id === undefined ? undefined : member(resources, id)
  const properties: ValueMap = isMap(node) && isMap(node['Properties']) ? node['Properties'] : {}
  return properties['FifoTopic'] === undefined ? undefined : resolve(properties['FifoTopic'])
}
