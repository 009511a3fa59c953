import { arnText } from '../arn.ts'
import { generated } from '../generated-resource.ts'
import { ref, sub } from '../intrinsics.ts'
import { required, text } from '../properties.ts'
import { truthy } from '../python.ts'
import type { EventSource } from './event-source.ts'
import { invokePermission } from './permission.ts'

/** Calls the function for messages that a rule of AWS IoT selects. */
export const iotRule: EventSource = {
  type: 'IoTRule',
  properties: { Sql: required(text), AwsIotSqlVersion: text },

  transform({ id, properties }, { target }, { partition }) {
    const { Sql, AwsIotSqlVersion: version } = properties
    const sourceArn = sub(arnText(partition, 'iot', 'rule/${RuleName}'), { RuleName: ref(id) })
    const sourceAccount = sub('${AWS::AccountId}')
    const TopicRulePayload = {
      Sql: Sql!,
      RuleDisabled: false,
      Actions: [{ Lambda: { FunctionArn: target.arn } }],
      ...(truthy(version) && { AwsIotSqlVersion: version! }),
    }
    return [
      invokePermission(id, target, { principal: 'iot.amazonaws.com', sourceArn, sourceAccount }),
      generated(id, 'AWS::IoT::TopicRule', { TopicRulePayload }, { attributes: target.inherited }),
    ]
  },
}
