import { arnText } from '../arn.ts'
import { generated } from '../generated-resource.ts'
import { sub } from '../intrinsics.ts'
import { required, text } from '../properties.ts'
import type { EventSource } from './event-source.ts'
import { invokePermission } from './permission.ts'

/** Calls the function for lines of a log group that match a pattern. */
export const cloudWatchLogs: EventSource = {
  type: 'CloudWatchLogs',
  properties: { LogGroupName: required(text), FilterPattern: required(text) },

  transform({ id, properties }, { target }, { partition }) {
    const { LogGroupName, FilterPattern } = properties
    const sourceArn = sub(arnText(partition, 'logs', 'log-group:${__LogGroupName__}:*'), { __LogGroupName__: LogGroupName! })
    const permission = invokePermission(id, target, { principal: 'logs.amazonaws.com', sourceArn })
    const filter = generated(
      id,
      'AWS::Logs::SubscriptionFilter',
      { LogGroupName, FilterPattern, DestinationArn: target.arn },
      { attributes: target.inherited, dependsOn: [permission.id] },
    )
    return [permission, filter]
  },
}
