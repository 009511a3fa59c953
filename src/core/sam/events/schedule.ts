import { flag, map, required, text } from '../properties.ts'
import type { EventSource } from './event-source.ts'
import { ruleResources, written } from './rule.ts'

/** Calls the function at set times, by a rule of EventBridge. */
export const scheduleEvent: EventSource = {
  type: 'Schedule',
  properties: {
    Schedule: required(text),
    RuleName: text,
    Input: text,
    Enabled: flag,
    State: text,
    Name: text,
    Description: text,
    DeadLetterConfig: map,
    RetryPolicy: map,
  },

  transform(event, called) {
    const { Schedule: ScheduleExpression, Name, Description } = event.properties
    return ruleResources(
      event,
      called,
      { ScheduleExpression, Name, Description },
      written(event.properties, ['Input', 'RetryPolicy']),
    )
  },
}
