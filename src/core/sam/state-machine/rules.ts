import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { deadLetterQueue } from '../events/dead-letter-queue.ts'
import type { Event } from '../events/event-source.ts'
import { ruleState, targetId, written } from '../events/rule.ts'
import { type GeneratedResource, generated, type Properties } from '../generated-resource.ts'
import { getAtt } from '../intrinsics.ts'
import { flag, map, required, text } from '../properties.ts'
import { type Started, type StateMachineEventSource, startRole } from './event.ts'

const literalMap = { ...map, literal: true }

/** Starts the state machine at set times. */
export const scheduleStart: StateMachineEventSource = {
  type: 'Schedule',
  properties: {
    Schedule: required(text),
    Input: text,
    Enabled: flag,
    State: text,
    Name: text,
    Description: text,
    DeadLetterConfig: map,
    RetryPolicy: map,
    Target: literalMap,
    RoleArn: { ...text, literal: true },
  },

  transform(event, started) {
    const { Schedule: ScheduleExpression, Name, Description, RoleArn } = event.properties
    return rule(event, started, { ScheduleExpression, Name, Description }, ['Input', 'RetryPolicy'], RoleArn)
  },
}

/** Starts the state machine for events of a bus that match a pattern. */
export const eventBridgeStart: StateMachineEventSource = {
  type: 'EventBridgeRule',
  properties: {
    EventBusName: text,
    RuleName: text,
    Pattern: map,
    Input: text,
    InputPath: text,
    DeadLetterConfig: map,
    RetryPolicy: map,
    State: text,
    Target: literalMap,
    InputTransformer: map,
  },

  transform(event, started) {
    const { EventBusName, Pattern: EventPattern, RuleName: Name } = event.properties
    const members = ['Input', 'InputPath', 'RetryPolicy', 'InputTransformer']
    return rule(event, started, { EventBusName, EventPattern, Name }, members)
  },
}

/** The same under its older name. */
export const cloudWatchStart: StateMachineEventSource = { ...eventBridgeStart, type: 'CloudWatchEvent' }

function rule(
  event: Event,
  started: Started,
  properties: Properties,
  members: readonly string[],
  ownRole?: Value,
): GeneratedResource[] {
  const { id } = event
  const attributes = started.inherited
  const { DeadLetterConfig, Target } = event.properties
  const state = ruleState(event)
  const named = (ownRole ?? null) !== null
  const role = named ? undefined : startRole(id, started, 'events.amazonaws.com')
  const letters = isMap(DeadLetterConfig)
    ? deadLetterQueue(id, DeadLetterConfig, { attributes, sourceArn: getAtt(id, 'Arn') })
    : undefined
  const target: ValueMap = {
    Arn: started.arn,
    Id: targetId(id, 'StepFunctionsTarget'),
    ...(isMap(Target) && written(Target, ['Id'])),
    RoleArn: role ? getAtt(role.id, 'Arn') : ownRole!,
    ...written(event.properties, members),
    ...(letters && { DeadLetterConfig: { Arn: letters.arn } }),
  }
  const resource = generated(id, 'AWS::Events::Rule', { ...properties, State: state, Targets: [target] }, { attributes })
  return [resource, ...(role ? [role] : []), ...(letters?.resources ?? [])]
}
