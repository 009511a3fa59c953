import type { Value, ValueMap } from '../../template/value.ts'
import type { Event } from '../events/event-source.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { assumeRolePolicy, inlinePolicy } from '../iam-policies.ts'
import type { PropertyRules } from '../properties.ts'
import { truthy } from '../python.ts'
import type { Transformation } from '../transformation.ts'

/** How one kind of event starts a state machine. */
export interface StateMachineEventSource {
  readonly type: string
  readonly properties: PropertyRules
  readonly link?: (event: Event, resources: ValueMap) => ValueMap
  readonly transform: (event: Event, started: Started, transformation: Transformation) => GeneratedResource[]
}

/** What an event starts: the state machine, or its alias. */
export interface Started {
  readonly id: string
  readonly arn: ValueMap
  readonly inherited: ValueMap
  readonly condition: Value | undefined
  readonly boundary: Value | undefined
}

/** Lets the sender of an event start the state machine. */
export function startRole(eventId: string, { arn, inherited, boundary }: Started, service: string): GeneratedResource {
  const id = `${eventId}Role`
  return generated(
    id,
    'AWS::IAM::Role',
    {
      AssumeRolePolicyDocument: assumeRolePolicy(service),
      Policies: [startPolicy(id, arn)],
      PermissionsBoundary: truthy(boundary) ? boundary : undefined,
    },
    { attributes: inherited },
  )
}

export function startPolicy(owner: string, arn: Value): ValueMap {
  return inlinePolicy(`${owner}StartExecutionPolicy`, 'states:StartExecution', arn)
}
