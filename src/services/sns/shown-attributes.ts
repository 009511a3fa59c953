import type { Scope } from '#core/aws/scope.ts'
import { type TopicRecord, topicArn } from './topics.ts'

/** Everything that a topic is known by, as GetTopicAttributes answers it. */
export function shownAttributes(scope: Scope, { name, attributes }: TopicRecord): Record<string, string> {
  const arn = topicArn(scope, name)
  return {
    Policy: JSON.stringify(ownersPolicy(scope, arn)),
    Owner: scope.account,
    SubscriptionsPending: '0',
    SubscriptionsConfirmed: '0',
    SubscriptionsDeleted: '0',
    TopicArn: arn,
    EffectiveDeliveryPolicy: JSON.stringify(DELIVERY),
    DisplayName: '',
    ...attributes,
  }
}

/** The policy of a topic that was given none: its account may do everything. */
function ownersPolicy({ account }: Scope, arn: string) {
  const actions = ['GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic', 'Subscribe']
  return {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [...actions, 'ListSubscriptionsByTopic', 'Publish'].map((name) => `SNS:${name}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  }
}

const DELIVERY = {
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
}
