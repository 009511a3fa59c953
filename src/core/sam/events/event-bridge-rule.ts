import { isMap } from '../../template/value.ts'
import { flag, map, text } from '../properties.ts'
import type { EventSource } from './event-source.ts'
import { ruleResources, written } from './rule.ts'

/** Calls the function for events of a bus that match a pattern. */
export const eventBridgeRule: EventSource = {
  type: 'EventBridgeRule',
  properties: {
    EventBusName: text,
    RuleName: text,
    Pattern: map,
    DeadLetterConfig: map,
    RetryPolicy: map,
    Input: text,
    InputPath: text,
    Target: map,
    Enabled: flag,
    State: text,
    InputTransformer: map,
  },

  transform(event, called) {
    const { EventBusName, Pattern: EventPattern, RuleName: Name, Target } = event.properties
    const id = isMap(Target) ? written(Target, ['Id']) : {}
    const members = written(event.properties, ['Input', 'InputPath', 'RetryPolicy', 'InputTransformer'])
    return ruleResources(event, called, { EventBusName, EventPattern, Name }, { ...id, ...members })
  },
}

/** The same under its older name. */
export const cloudWatchEvent: EventSource = { ...eventBridgeRule, type: 'CloudWatchEvent' }
