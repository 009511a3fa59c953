import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { picked } from '../copy.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { assumeRolePolicy, SEND_TO } from '../iam-policies.ts'
import { getAtt } from '../intrinsics.ts'
import { literalFlag, map, type PropertyRules, required, text } from '../properties.ts'
import { orNothing, truthy } from '../python.ts'
import { EventRefusal } from '../refusal.ts'
import { deadLetterQueue } from './dead-letter-queue.ts'
import type { EventSource } from './event-source.ts'
import { written } from './rule.ts'

export const scheduleV2Properties: PropertyRules = {
  PermissionsBoundary: text,
  ScheduleExpression: required(text),
  FlexibleTimeWindow: map,
  Name: text,
  State: text,
  Description: text,
  StartDate: text,
  EndDate: text,
  ScheduleExpressionTimezone: text,
  GroupName: text,
  KmsKeyArn: text,
  Input: text,
  RoleArn: text,
  DeadLetterConfig: map,
  RetryPolicy: map,
  OmitName: literalFlag,
}

const SAME = ['ScheduleExpression', 'Description', 'StartDate', 'EndDate', 'ScheduleExpressionTimezone', 'GroupName', 'KmsKeyArn']

/** Calls the function at set times, by EventBridge Scheduler. */
export const scheduleV2: EventSource = {
  type: 'ScheduleV2',
  properties: scheduleV2Properties,

  transform({ id, properties }, { target }) {
    const policy = SEND_TO['Lambda']!(target.arn, id)
    return schedule(id, properties, { arn: target.arn, attributes: target.inherited, policy })
  },
}

/** A schedule with the role that lets it call what it calls. */
export function schedule(
  id: string,
  properties: ValueMap,
  called: { arn: Value; attributes: ValueMap; policy: ValueMap },
): GeneratedResource[] {
  const { Name, OmitName, State, FlexibleTimeWindow, DeadLetterConfig, RoleArn, PermissionsBoundary } = properties
  const { attributes } = called
  if (truthy(OmitName) && truthy(Name)) throw new EventRefusal(id, 'Name cannot be set when OmitName is True')
  const letters = isMap(DeadLetterConfig) ? deadLetterQueue(id, DeadLetterConfig, { attributes }) : undefined
  const policies = letters ? [called.policy, SEND_TO['SQS']!(letters.arn, id)] : [called.policy]
  const role = generated(
    `${id}Role`,
    'AWS::IAM::Role',
    {
      AssumeRolePolicyDocument: assumeRolePolicy('scheduler.amazonaws.com'),
      Policies: policies,
      PermissionsBoundary: orNothing(PermissionsBoundary),
    },
    { attributes },
  )
  const Target: ValueMap = {
    Arn: called.arn,
    RoleArn: truthy(RoleArn) ? RoleArn! : getAtt(role.id, 'Arn'),
    ...written(properties, ['Input', 'RetryPolicy']),
    ...(letters && { DeadLetterConfig: { Arn: letters.arn } }),
  }
  const resource = generated(
    id,
    'AWS::Scheduler::Schedule',
    {
      ...picked(properties, SAME),
      State: orNothing(State),
      Name: truthy(OmitName) ? undefined : (orNothing(Name) ?? id),
      FlexibleTimeWindow: orNothing(FlexibleTimeWindow) ?? { Mode: 'OFF' },
      Target,
    },
    { attributes },
  )
  return [resource, ...(letters?.resources ?? []), ...(truthy(RoleArn) ? [] : [role])]
}
