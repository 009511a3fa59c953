import { AwsError } from '#core/aws/aws-error.ts'
import { partitionOf, type Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import { table } from '#kit/records.ts'

/** A topic. Nothing is published yet: it can be made, named, tagged and asked about. */
export interface TopicRecord {
  readonly name: string
  /** Those that were set, by AWS's names; the rest follow from the topic. */
  readonly attributes: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
}

export const topics = table<TopicRecord>('sns/topics')

type Store = Pick<Ports, 'records'>

const SETTABLE = ['ContentBasedDeduplication', 'DeliveryPolicy', 'DisplayName', 'KmsMasterKeyId', 'Policy', 'SignatureVersion']
const AT_CREATION = [...SETTABLE, 'FifoTopic']

export function topicArn({ account, region }: Scope, name: string): string {
  return `arn:${partitionOf(region)}:sns:${region}:${account}:${name}`
}

/** The topic of that name: a new one, or the one there is if it is the same. */
export function createTopic(scope: Scope, { name, attributes, tags }: TopicRecord, ports: Store): TopicRecord {
  const isFifo = attributes['FifoTopic'] === 'true'
  const pattern = isFifo ? /^[\w-]{1,251}\.fifo$/ : /^[\w-]{1,256}$/
  if (!pattern.test(name)) {
    throw invalid(isFifo && !name.endsWith('.fifo') ? 'Topic Name Reason: Fifo Topic names must end with .fifo' : 'Topic Name')
  }
  for (const [key, value] of Object.entries(attributes)) checkAttribute(key, value, AT_CREATION)
  const before = ports.records.get(topics, scope, name)
  if (before) {
    const differs = Object.entries(attributes).some(([key, value]) => before.attributes[key] !== value)
    if (differs) throw invalid('Attributes Reason: Topic already exists with different attributes')
    const isTagged = Object.entries(tags).some(([key, value]) => before.tags[key] !== value)
    if (isTagged) throw invalid('Tags Reason: Topic already exists with different tags')
    return before
  }
  return putTopic(scope, { name, attributes, tags }, ports)
}

export function putTopic(scope: Scope, topic: TopicRecord, { records }: Store): TopicRecord {
  records.put(topics, scope, topic.name, topic)
  return topic
}

/** The topic of an ARN. SNS refuses one that is another account's as not authorized; here it is not found. */
export function getTopic(scope: Scope, arn: string, { records }: Store): TopicRecord {
  const name = nameIn(arn)
  const found = topicArn(scope, name) === arn ? records.get(topics, scope, name) : undefined
  if (!found) throw new AwsError('NotFound', 'Topic does not exist')
  return found
}

/** Deleting what is gone succeeds, as at SNS. */
export function deleteTopic(scope: Scope, arn: string, { records }: Store): void {
  records.delete(topics, scope, nameIn(arn))
}

export function setAttribute(scope: Scope, arn: string, name: string, value: string, ports: Store): void {
  const topic = getTopic(scope, arn, ports)
  checkAttribute(name, value, SETTABLE)
  putTopic(scope, { ...topic, attributes: { ...topic.attributes, [name]: value } }, ports)
}

function nameIn(arn: string): string {
  const [, name] = /^arn:[^:]+:sns:[^:]+:\d{12}:([^:]+)$/.exec(arn) ?? []
  if (!name) throw invalid(`TopicArn Reason: An ARN must have at least 6 elements, not ${arn.split(':').length}`)
  return name
}

function checkAttribute(name: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(name)) throw invalid('AttributeName')
  if (name === 'DisplayName' && value.length > 100) throw invalid('DisplayName')
}

export function invalid(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`)
}
