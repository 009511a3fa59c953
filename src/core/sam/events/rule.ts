import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { type GeneratedResource, generated, type Properties } from '../generated-resource.ts'
import { getAtt } from '../intrinsics.ts'
import { truthy } from '../python.ts'
import { EventRefusal } from '../refusal.ts'
import { deadLetterQueue } from './dead-letter-queue.ts'
import type { Called, Event } from './event-source.ts'
import { invokePermission } from './permission.ts'

/** A rule of EventBridge that calls the function, with what stands behind it. */
export function ruleResources(event: Event, { target }: Called, rule: Properties, targetMembers: ValueMap): GeneratedResource[] {
  const { id, properties } = event
  const attributes = target.inherited
  const sourceArn = getAtt(id, 'Arn')
  const config = properties['DeadLetterConfig']
  const letters = isMap(config) ? deadLetterQueue(id, config, { attributes, sourceArn }) : undefined
  const targets: ValueMap = {
    Arn: target.arn,
    Id: targetId(id, 'LambdaTarget'),
    ...targetMembers,
    ...(letters && { DeadLetterConfig: { Arn: letters.arn } }),
  }
  const resource = generated(id, 'AWS::Events::Rule', { ...rule, State: ruleState(event), Targets: [targets] }, { attributes })
  const permission = invokePermission(id, target, { principal: 'events.amazonaws.com', sourceArn })
  return [resource, ...(letters?.resources ?? []), permission]
}

/** At most 64 characters, as EventBridge wants it. */
export function targetId(id: string, suffix: string): string {
  return id.slice(0, 64 - suffix.length) + suffix
}

/** `State`, or what `Enabled` says in other words. */
export function ruleState({ name, properties: { State, Enabled } }: Event): Value | undefined {
  const enabled = Enabled ?? null
  if (truthy(State) && enabled !== null) {
    throw new EventRefusal(name, 'State and Enabled Properties cannot both be specified.')
  }
  if (enabled !== null) return truthy(enabled) ? 'ENABLED' : 'DISABLED'
  return truthy(State) ? State : undefined
}

/** The members of `names` that the event sets. */
export function written(properties: ValueMap, names: readonly string[]): ValueMap {
  return Object.fromEntries(names.filter((name) => (properties[name] ?? null) !== null).map((name) => [name, properties[name]!]))
}
