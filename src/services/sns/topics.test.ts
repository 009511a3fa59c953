import { describe, expect, it } from 'vitest'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { shownAttributes } from './shown-attributes.ts'
import { createTopic, deleteTopic, getTopic, setAttribute, topicArn } from './topics.ts'

const scope = { account: '111122223333', region: 'eu-central-1' }
const orders = { name: 'orders', attributes: { DisplayName: 'Orders' }, tags: { team: 'sales' } }
const arn = topicArn(scope, 'orders')

describe('topics', () => {
  it('are made once, however often', () => {
    const ports = fakePorts()
    expect(createTopic(scope, orders, ports)).toEqual(createTopic(scope, { ...orders, tags: {} }, ports))
  })

  it.each([
    ['other attributes', { ...orders, attributes: { DisplayName: 'Bills' } }, 'already exists with different attributes'],
    ['other tags', { ...orders, tags: { team: 'legal' } }, 'already exists with different tags'],
    ['a name with a dot', { ...orders, name: 'or.ders' }, 'Invalid parameter: Topic Name'],
    ['a queue-like topic without its suffix', { ...orders, attributes: { FifoTopic: 'true' } }, 'must end with .fifo'],
    ['an attribute that is none', { ...orders, attributes: { Colour: 'red' } }, 'Invalid parameter: AttributeName'],
  ])('refuse %s', (_what, asked, message) => {
    const ports = fakePorts()
    createTopic(scope, orders, ports)
    expect(() => createTopic(scope, asked, ports)).toThrow(message)
  })

  it('show what was set beside what follows from the topic', () => {
    const ports = fakePorts()
    createTopic(scope, orders, ports)
    setAttribute(scope, arn, 'DisplayName', 'Bills', ports)
    const { Policy, ...shown } = shownAttributes(scope, getTopic(scope, arn, ports))
    expect(shown).toMatchObject({ DisplayName: 'Bills', Owner: scope.account, TopicArn: arn, SubscriptionsConfirmed: '0' })
    expect(JSON.parse(Policy ?? '').Statement[0]).toMatchObject({ Resource: arn })
  })

  it('are not found once deleted, nor by the ARN of another account', () => {
    const ports = fakePorts()
    createTopic(scope, orders, ports)
    expect(() => getTopic(scope, topicArn({ ...scope, account: '999999999999' }, 'orders'), ports)).toThrow(
      'Topic does not exist',
    )
    deleteTopic(scope, arn, ports)
    deleteTopic(scope, arn, ports)
    expect(() => getTopic(scope, arn, ports)).toThrow('Topic does not exist')
  })
})
