import { operation } from '#kit/operation.ts'
import { ListTopics } from '#services/models/sns.ts'
import { invalid, topicArn, topics } from '../topics.ts'

const PAGE = 100

export default operation(ListTopics, {
  authorize: (_input, caller) => ({ action: 'sns:ListTopics', resource: topicArn(caller, '*') }),

  run({ NextToken }, caller, ports) {
    const from = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString() || Number.NaN)
    if (!Number.isSafeInteger(from) || from < 0) throw invalid('NextToken')
    const all = ports.records.list(topics, caller)
    const end = from + PAGE
    return {
      Topics: all.slice(from, end).map(({ key }) => ({ TopicArn: topicArn(caller, key) })),
      ...(end < all.length && { NextToken: Buffer.from(String(end)).toString('base64url') }),
    }
  },
})
