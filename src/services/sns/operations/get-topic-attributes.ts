import { operation } from '#kit/operation.ts'
import { GetTopicAttributes } from '#services/models/sns.ts'
import { shownAttributes } from '../shown-attributes.ts'
import { getTopic } from '../topics.ts'

export default operation(GetTopicAttributes, {
  authorize: ({ TopicArn }) => ({ action: 'sns:GetTopicAttributes', resource: TopicArn }),

  run: ({ TopicArn }, caller, ports) => ({ Attributes: shownAttributes(caller, getTopic(caller, TopicArn, ports)) }),
})
