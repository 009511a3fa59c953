import { expect, it } from 'vitest'
import { knownAttributes } from './known-attributes.ts'

it('knows what a resource was given, and what it has become before that', () => {
  const topic = {
    type: 'AWS::SNS::Topic',
    written: { DisplayName: 'Orders', TopicName: 'written' },
    attributes: { TopicName: 'orders' },
    id: 'arn',
    sources: {},
    dependsOn: [],
    deletionPolicy: 'Delete',
    updateReplacePolicy: 'Delete',
  } as const
  expect(knownAttributes(topic)).toEqual({ DisplayName: 'Orders', TopicName: 'orders' })
})
