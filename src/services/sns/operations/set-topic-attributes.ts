import { operation } from '#kit/operation.ts'
import { SetTopicAttributes } from '#services/models/sns.ts'
import { setAttribute } from '../topics.ts'

export default operation(SetTopicAttributes, {
  authorize: ({ TopicArn }) => ({ action: 'sns:SetTopicAttributes', resource: TopicArn }),

  run: ({ TopicArn, AttributeName, AttributeValue = '' }, caller, ports) =>
    setAttribute(caller, TopicArn, AttributeName, AttributeValue, ports),
})
