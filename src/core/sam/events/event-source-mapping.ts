import { isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { managedPolicyArn } from '../arn.ts'
import { picked } from '../copy.ts'
import { expectMap, ofEvent } from '../expect.ts'
import { type GeneratedResource, generated, type Properties } from '../generated-resource.ts'
import { SEND_TO } from '../iam-policies.ts'
import { isIntrinsic } from '../intrinsics.ts'
import { anything, flag, integer, list, map, type PropertyRules, text } from '../properties.ts'
import { truthy } from '../python.ts'
import { EventRefusal } from '../refusal.ts'
import type { Transformation } from '../transformation.ts'
import type { Called, Event, EventSource } from './event-source.ts'

/** What every source that Lambda polls takes. */
const COMMON: PropertyRules = {
  BatchSize: integer,
  StartingPosition: anything,
  StartingPositionTimestamp: anything,
  Enabled: flag,
  MaximumBatchingWindowInSeconds: integer,
  MaximumRetryAttempts: integer,
  BisectBatchOnFunctionError: flag,
  MaximumRecordAgeInSeconds: integer,
  DestinationConfig: map,
  ParallelizationFactor: integer,
  Topics: list,
  Queues: list,
  SourceAccessConfigurations: list,
  SecretsManagerKmsKeyId: text,
  TumblingWindowInSeconds: integer,
  FunctionResponseTypes: list,
  KafkaBootstrapServers: list,
  FilterCriteria: map,
  KmsKeyArn: anything,
  ConsumerGroupId: text,
  ScalingConfig: map,
  ProvisionedPollerConfig: map,
  SchemaRegistryConfig: map,
  MetricsConfig: map,
  LoggingConfig: map,
}

const SAME = [
  'StartingPosition',
  'StartingPositionTimestamp',
  'BatchSize',
  'Enabled',
  'MaximumBatchingWindowInSeconds',
  'MaximumRetryAttempts',
  'BisectBatchOnFunctionError',
  'MaximumRecordAgeInSeconds',
  'ParallelizationFactor',
  'Topics',
  'Queues',
  'SourceAccessConfigurations',
  'TumblingWindowInSeconds',
  'FunctionResponseTypes',
  'FilterCriteria',
  'KmsKeyArn',
  'ScalingConfig',
  'ProvisionedPollerConfig',
  'MetricsConfig',
  'LoggingConfig',
]

const FILTERING = ['DocumentDB', 'DynamoDB', 'Kinesis', 'MQ', 'MSK', 'SelfManagedKafka', 'SQS']

/** What tells one polled source from another. */
export interface PolledSource {
  readonly type: string
  readonly properties: PropertyRules
  /** The property that holds the source's ARN. */
  readonly source?: string
  /** The managed policy that lets the function's role read from it. */
  readonly managedPolicy?: string
  /** Inline policies that let the function's role read from it. */
  readonly policies?: (event: Event, transformation: Transformation) => ValueList
  readonly more?: (event: Event) => Properties
  /** The property that the mapping keeps the source's own settings under, for kinds of Kafka. */
  readonly kafkaConfig?: string
}

/** A source that Lambda polls on the function's behalf. */
export function polledSource(source: PolledSource): EventSource {
  return {
    type: source.type,
    properties: { ...COMMON, ...source.properties },
    transform: (event, called, transformation) => mappingOf(event, called, transformation, source),
  }
}

function mappingOf(event: Event, called: Called, transformation: Transformation, source: PolledSource): GeneratedResource[] {
  const { id, properties } = event
  const { target, role } = called
  checkFilter(event, source)
  const servers = properties['KafkaBootstrapServers']
  const kafka = kafkaConfig(event, source)
  const destination = destinationPolicy(event)
  const mapping = generated(
    id,
    'AWS::Lambda::EventSourceMapping',
    {
      FunctionName: target.name,
      EventSourceArn: source.source ? properties[source.source] : undefined,
      ...picked(properties, SAME),
      SelfManagedEventSource: truthy(servers) ? { Endpoints: { KafkaBootstrapServers: servers! } } : undefined,
      ...kafka,
      DestinationConfig: truthy(properties['DestinationConfig']) ? properties['DestinationConfig'] : undefined,
      ...source.more?.(event),
    },
    { attributes: target.inherited },
  )
  if (source.managedPolicy) {
    const arn = managedPolicyArn(transformation.partition, source.managedPolicy)
    transformation.appendOnce(role.properties['ManagedPolicyArns'] as ValueList, arn)
  }
  for (const policy of source.policies?.(event, transformation) ?? []) addPolicy(role, policy, transformation)
  if (destination) addPolicy(role, destination, transformation)
  return [mapping]
}

function checkFilter({ name, properties }: Event, { type }: PolledSource): void {
  const criteria = properties['FilterCriteria']
  if (!isMap(criteria) || !truthy(criteria) || isIntrinsic(criteria)) return
  if (!FILTERING.includes(type)) {
    throw new EventRefusal(name, `FilterCriteria is only available for ${FILTERING.join(', ')} events.`)
  }
  if (Object.keys(criteria).join() !== 'Filters') throw new EventRefusal(name, 'FilterCriteria field has a wrong format')
}

function kafkaConfig({ id, properties }: Event, { type, kafkaConfig: name }: PolledSource): Properties {
  const { ConsumerGroupId, SchemaRegistryConfig } = properties
  if (truthy(ConsumerGroupId) && !name) {
    throw new EventRefusal(id, `Property ConsumerGroupId not defined for resource of type ${type}.`)
  }
  if (!name || (!truthy(ConsumerGroupId) && !truthy(SchemaRegistryConfig))) return {}
  return {
    [name]: {
      ...(truthy(ConsumerGroupId) && { ConsumerGroupId: ConsumerGroupId! }),
      ...(truthy(SchemaRegistryConfig) && { SchemaRegistryConfig: SchemaRegistryConfig! }),
    },
  }
}

/** Where records go that the function failed on; its type is SAM's own and not passed on. */
function destinationPolicy({ id, properties }: Event): ValueMap | undefined {
  const config = properties['DestinationConfig']
  if (!isMap(config) || !truthy(config)) return undefined
  const onFailure = expectMap(config['OnFailure'], ofEvent(id), 'DestinationConfig.OnFailure')
  const { Type: type, Destination: destination } = onFailure
  if (!truthy(type)) return undefined
  delete onFailure['Type']
  const kinds: Record<string, string> = { SQS: 'SQS', SNS: 'SNS', S3: 'S3Bucket' }
  if (type === 'Kafka') return undefined
  if (typeof type !== 'string' || !Object.hasOwn(kinds, type)) {
    throw new EventRefusal(id, "The only valid values for 'Type' are 'SQS', 'SNS', 'S3', and 'Kafka'")
  }
  return SEND_TO[kinds[type]!]!(destination ?? null, id)
}

/** Adds an inline policy unless the role has one that says the same. */
function addPolicy(role: GeneratedResource, policy: Value, { appendOnce }: Transformation): void {
  const policies = (role.properties['Policies'] ?? []) as ValueList
  role.properties['Policies'] = policies
  appendOnce(policies, policy, (entry) => (isMap(entry) ? entry['PolicyDocument'] : undefined))
}
