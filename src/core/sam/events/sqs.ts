import { anything, required } from '../properties.ts'
import { polledSource } from './event-source-mapping.ts'

/** Calls the function with batches of a queue's messages. */
export const sqsEvent = polledSource({
  type: 'SQS',
  properties: { Queue: required(anything) },
  source: 'Queue',
  managedPolicy: 'service-role/AWSLambdaSQSQueueExecutionRole',
})

/** The mapping of a queue that another event stands behind. */
export const mapQueue = sqsEvent.transform
