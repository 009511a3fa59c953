import type { Value, ValueMap } from '../template/value.ts'

/** Lets a service take on a role. */
export function assumeRolePolicy(service: string): ValueMap {
  return {
    Version: '2012-10-17',
    Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [service] } }],
  }
}

/** An inline policy of a role that allows one action on one resource. */
export function inlinePolicy(name: string, action: Value, resource: Value): ValueMap {
  return { PolicyName: name, PolicyDocument: { Statement: [{ Action: action, Effect: 'Allow', Resource: resource }] } }
}

/** By the kind of a destination: what a function's role needs to send records there. */
export const SEND_TO: Readonly<Record<string, (destination: Value, owner: string) => ValueMap>> = {
  SQS: (queue, owner) => inlinePolicy(`${owner}SQSPolicy`, 'sqs:SendMessage', queue),
  // The small `p` is AWS's.
  SNS: (topic, owner) => inlinePolicy(`${owner}SNSPolicy`, 'sns:publish', topic),
  EventBridge: (bus, owner) => inlinePolicy(`${owner}EventBridgePolicy`, 'events:PutEvents', bus),
  Lambda: (target, owner) => inlinePolicy(`${owner}LambdaPolicy`, 'lambda:InvokeFunction', target),
  S3Bucket: (bucket, owner) => ({
    PolicyName: `${owner}S3Policy`,
    PolicyDocument: {
      Statement: [
        { Action: 's3:PutObject', Effect: 'Allow', Resource: { 'Fn::Join': ['/', [bucket, '*']] } },
        { Action: 's3:ListBucket', Effect: 'Allow', Resource: bucket },
      ],
    },
  }),
}

/** What a queue needs to be sent to by a topic or a rule. */
export function queuePolicyDocument(queueArn: Value, sourceArn: Value, principal: Value): ValueMap {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Action: 'sqs:SendMessage',
        Effect: 'Allow',
        Principal: principal,
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
      },
    ],
  }
}
