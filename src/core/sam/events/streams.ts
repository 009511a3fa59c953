import { anything, required } from '../properties.ts'
import type { EventSource } from './event-source.ts'
import { polledSource } from './event-source-mapping.ts'

const stream = (type: string, role: string): EventSource =>
  polledSource({
    type,
    properties: { Stream: required(anything), StartingPosition: required(anything) },
    source: 'Stream',
    managedPolicy: `service-role/${role}`,
  })

/** Calls the function with batches of a stream's records. */
export const kinesisEvent = stream('Kinesis', 'AWSLambdaKinesisExecutionRole')

/** Calls the function with batches of a table's changes. */
export const dynamoDbEvent = stream('DynamoDB', 'AWSLambdaDynamoDBExecutionRole')
