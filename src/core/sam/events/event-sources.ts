import { alexaSkill } from './alexa-skill.ts'
import { apiEvent } from './api.ts'
import { cloudWatchLogs } from './cloud-watch-logs.ts'
import { cognitoEvent } from './cognito.ts'
import { documentDbEvent } from './document-db.ts'
import { cloudWatchEvent, eventBridgeRule } from './event-bridge-rule.ts'
import type { EventSource } from './event-source.ts'
import { httpApiEvent } from './http-api.ts'
import { iotRule } from './iot-rule.ts'
import { mqEvent } from './mq.ts'
import { mskEvent } from './msk.ts'
import { s3Event } from './s3.ts'
import { scheduleEvent } from './schedule.ts'
import { scheduleV2 } from './schedule-v2.ts'
import { selfManagedKafka } from './self-managed-kafka.ts'
import { snsEvent } from './sns.ts'
import { sqsEvent } from './sqs.ts'
import { dynamoDbEvent, kinesisEvent } from './streams.ts'

/** Every kind of event that a function can have. Adding one is adding its file and a line here. */
const sources: readonly EventSource[] = [
  alexaSkill,
  apiEvent,
  cloudWatchEvent,
  cloudWatchLogs,
  cognitoEvent,
  documentDbEvent,
  dynamoDbEvent,
  eventBridgeRule,
  httpApiEvent,
  iotRule,
  kinesisEvent,
  mqEvent,
  mskEvent,
  s3Event,
  scheduleEvent,
  scheduleV2,
  selfManagedKafka,
  snsEvent,
  sqsEvent,
]

export const eventSources: Readonly<Record<string, EventSource>> = Object.fromEntries(
  sources.map((source) => [source.type, source]),
)
